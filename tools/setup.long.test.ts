import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './root.ts'
import { run } from './setup/run.mjs'
import { folderOf } from './testing/folder.ts'

test.skipIf(!existsSync(join(ROOT, '.git')))(
  'a fresh clone is set up by two commands at once, with an empty npm cache, and then the command works',
  async () => {
    const folder = folderOf({})
    const clone = join(folder, 'offtake')
    spawnSync('git', ['clone', '--quiet', ROOT, clone])
    const env = { ...process.env, npm_config_cache: join(folder, 'npm-cache') }
    const setup = () => run(process.execPath, ['tools/setup.mjs'], { cwd: clone, env })

    const both = await Promise.all([setup(), setup()])
    expect(both.map(({ code, output }) => (code === 0 ? 'done' : output))).toEqual(['done', 'done'])
    expect(both.filter(({ output }) => output.includes('installing packages'))).toHaveLength(1)
    expect(await setup()).toEqual({ code: 0, output: '' })

    const help = await run('npx', ['offtake', '--help'], { cwd: clone, env })
    expect(help).toMatchObject({ code: 0, output: expect.stringContaining('Usage: offtake') })
    expect((await run('git', ['status', '--porcelain'], { cwd: clone })).output).toBe('')
  },
)
