import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './root.ts'

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0

test.skipIf(!hasSystemd)('systemd accepts the unit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'offtake-unit-'))
  try {
    const unit = join(folder, 'offtake.service')
    // Node may be elsewhere here than where the unit is for.
    const text = readFileSync(join(ROOT, 'deploy/offtake.service'), 'utf8')
    writeFileSync(unit, text.replace('/usr/bin/node', process.execPath))
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('the image is made by the script that is tested in an empty folder, and starts the program that it makes', () => {
  const dockerfile = readFileSync(join(ROOT, 'deploy/Dockerfile'), 'utf8')
  expect(dockerfile.match(/^RUN .*/gm)).toEqual([
    'RUN /source/deploy/install.sh /source /opt/offtake',
    'RUN useradd --system --home-dir /var/lib/offtake --create-home --shell /usr/sbin/nologin offtake',
  ])
  const program = /ENTRYPOINT \["node", "\/opt\/offtake\/(.*)"\]/.exec(dockerfile)?.[1] ?? ''
  expect(program).not.toBe('')
  expect(existsSync(join(ROOT, program))).toBe(true)
})
