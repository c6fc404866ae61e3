import { expect, test } from 'vitest'
import { runOfftake } from '../testing/run-offtake.ts'
import { inFolder } from '../testing/temporary-folder.ts'

test.each([
  ['an address that is none', 'postgres://me:planted-word@[bad/db', 'Invalid URL'],
  ['a database that is not there', 'postgres://me:planted-word@127.0.0.1:1/db', 'ECONNREFUSED'],
])('%s is named, without the password in it', async (_, database, says) => {
  await inFolder({}, async (data) => {
    const { code, out, err } = await runOfftake(['serve', '--database', database, '--data', data])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(says)
    expect(err).not.toContain('planted-word')
  })
})

test.each([
  [['--oidc-issuer', 'https://login.example'], 'go together'],
  [['--oidc-audience', 'offtake'], 'go together'],
  [['--oidc-issuer', 'http://login.example', '--oidc-audience', 'offtake'], 'by https'],
  [['--oidc-issuer', 'https://me:word@login.example', '--oidc-audience', 'offtake'], 'without a user'],
  [['--requests-per-second', '0'], 'above 0'],
  [['--database', 'postgress://me:planted-word@127.0.0.1/db'], 'begins with postgres://'],
  [['--log-level', 'loud'], 'Allowed choices'],
])('%j is refused before anything is made', async (args, says) => {
  await inFolder({}, async (folder) => {
    const { code, err } = await runOfftake(['serve', ...args, '--data', `${folder}/data`])
    expect(code).toBe(2)
    expect(err.replaceAll(/\s+/g, ' ')).toContain(says)
    expect(err).not.toContain('planted-word')
  })
})

test('a file in the place of the data folder is named', async () => {
  await inFolder({ data: 'a file' }, async (folder) => {
    const { code, err } = await runOfftake(['serve', '--data', `${folder}/data`])
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('a file stands where') })
  })
})
