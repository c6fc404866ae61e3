import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServe, startLiveServe } from '../testing/live-serve.ts'
import { runOfftake } from '../testing/run-offtake.ts'
import { inFolder } from '../testing/temporary-folder.ts'

const EXAMPLES = new URL('../../../../examples/', import.meta.url).pathname
const START_UP = join(EXAMPLES, 'start-up')
const folder = mkdtempSync(join(tmpdir(), 'offtake-import-'))
let served: LiveServe
let made = 0

beforeAll(async () => {
  served = await startLiveServe()
})

afterAll(async () => {
  await served.stop()
  rmSync(folder, { recursive: true })
})

/** The portfolio's files of a folder, byte for byte. */
function bytesOf(dir: string): Record<string, string> {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /^offtake\.yaml$|^(agreements|quotes|workloads|fleet)\/.*\.yaml$|^prices\/.*\.csv$/.test(path),
  )
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(join(dir, path), 'hex')]))
}

async function exported(): Promise<Record<string, string>> {
  made += 1
  const dir = join(folder, String(made))
  expect(await runOfftake(['export', dir])).toMatchObject({ code: 0 })
  return bytesOf(dir)
}

function rewrite(dir: string, change: (text: string, path: string) => string): string {
  made += 1
  const copy = join(folder, String(made))
  for (const [path, hex] of Object.entries(bytesOf(dir))) {
    mkdirSync(dirname(join(copy, path)), { recursive: true })
    writeFileSync(join(copy, path), change(Buffer.from(hex, 'hex').toString('utf8'), path))
  }
  return copy
}

describe('a folder that is imported and exported again', () => {
  test.each(['start-up', 'frontier-lab'])('has the same bytes: %s', async (name) => {
    expect(await runOfftake(['import', join(EXAMPLES, name)])).toMatchObject({ code: 0 })
    expect(await exported()).toEqual(bytesOf(join(EXAMPLES, name)))
  })

  test('has the same bytes whatever its comments, line ends and marks at the start of a text', async () => {
    const comment = fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .map((text) => `#${text.replace(/\p{C}/gu, '')}`)
    await fc.assert(
      fc.asyncProperty(
        comment,
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom('', '\uFEFF'),
        fc.constantFrom('', '\n\n', '# no line end'),
        async (words, ending, mark, end) => {
          const dir = rewrite(START_UP, (text, path) =>
            path.endsWith('.csv')
              ? `${mark}${text}`
              : `${mark}${words}\n${text}${end}`.replaceAll('\n', ending),
          )
          expect(await runOfftake(['import', dir])).toMatchObject({ code: 0, err: '' })
          expect(await exported()).toEqual(bytesOf(dir))
        },
      ),
      { numRuns: 6 },
    )
  })
})

describe('an import', () => {
  test('shows what it would change, and changes nothing when it is dry', async () => {
    await runOfftake(['import', START_UP])
    const dir = rewrite(START_UP, (text) => text.replace('name: Start-up', 'name: Grown-up'))
    rmSync(join(dir, 'quotes/neocloud-c-h20.yaml'))
    mkdirSync(join(dir, 'fleet'))
    writeFileSync(join(dir, 'fleet/own.yaml'), 'pools: []\n')
    expect((await runOfftake(['import', dir, '--dry-run'])).out).toBe(
      '+ fleet/own.yaml\n~ offtake.yaml\n- quotes/neocloud-c-h20.yaml\nNothing was changed.\n',
    )
    expect(await exported()).toEqual(bytesOf(START_UP))
    expect((await runOfftake(['import', dir])).out).toMatch(/The portfolio is at version \d+\.\n$/)
    expect((await runOfftake(['import', dir])).out).toBe('The server holds these files already.\n')
  })

  test('of a folder with problems names them with their places, and asks the server nothing', async () => {
    await inFolder({ 'offtake.yaml': 'name: x\n' }, async (dir) => {
      const { code, err } = await runOfftake(['import', dir])
      expect(code).toBe(2)
      expect(err).toContain(`${dir}/offtake.yaml:1:1 missingField currency is missing`)
    })
  })
})

test('an export leaves a folder alone that holds something', async () => {
  await inFolder({ 'mine.txt': 'x' }, async (dir) => {
    expect(await runOfftake(['export', dir])).toMatchObject({
      code: 2,
      err: `${dir} already holds mine.txt: nothing was written\n`,
    })
  })
})
