import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { folderOf } from '../testing/folder.ts'
import { withLock } from './lock.mjs'

const LOCK_MODULE = new URL('./lock.mjs', import.meta.url).href
const CONTENDER = `
import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { withLock } from '${LOCK_MODULE}'
const [lock, log] = process.argv.slice(2)
await withLock(lock, async () => {
  appendFileSync(log, 'in ')
  await sleep(60)
  appendFileSync(log, 'out ')
}, () => {})
`

test('of many processes one works at a time, also where a dead one left its lock behind', async () => {
  const root = folderOf({ 'contend.mjs': CONTENDER, log: '', lock: `${deadPid()}@${hostname()}` })
  const contenders = Array.from({ length: 5 }, () => finished(root))
  expect(await Promise.all(contenders)).toEqual([0, 0, 0, 0, 0])
  expect(readFileSync(join(root, 'log'), 'utf8')).toBe('in out '.repeat(5))
  expect(existsSync(join(root, 'lock'))).toBe(false)
})

test('a lock is given back when the work fails', async () => {
  const lock = join(folderOf({}), 'lock')
  const failing = withLock(
    lock,
    () => Promise.reject(new Error('no')),
    () => {},
  )
  await expect(failing).rejects.toThrow('no')
  expect(existsSync(lock)).toBe(false)
})

test('a lock of a living process is waited for, and the wait is told', async () => {
  const lock = join(folderOf({ lock: `${process.pid}@${hostname()}` }), 'lock')
  const said: string[] = []
  let worked = false
  const done = withLock(
    lock,
    async () => {
      worked = true
    },
    (text) => said.push(text),
  )
  await vi.waitFor(() => expect(said).toEqual(['waiting for another setup of this folder to end …']), 20_000)
  expect(worked).toBe(false)
  writeFileSync(lock, `${deadPid()}@${hostname()}`)
  await done
  expect(worked).toBe(true)
})

test('a lock that is hours old is nobody’s, even if a process has its number', async () => {
  const lock = join(folderOf({ lock: `${process.pid}@${hostname()}` }), 'lock')
  utimesSync(lock, 0, 0)
  await expect(
    withLock(
      lock,
      async () => 'done',
      () => {},
    ),
  ).resolves.toBe('done')
})

test('a takeover that was cut short does not block for ever', async () => {
  const root = folderOf({ lock: `${deadPid()}@${hostname()}` })
  mkdirSync(join(root, 'lock.takeover'))
  utimesSync(join(root, 'lock.takeover'), 0, 0)
  await expect(
    withLock(
      join(root, 'lock'),
      async () => 'done',
      () => {},
    ),
  ).resolves.toBe('done')
})

function finished(root: string): Promise<number | null> {
  return new Promise((resolve) => {
    const files = ['contend.mjs', 'lock', 'log'].map((name) => join(root, name))
    spawn(process.execPath, files, { stdio: 'inherit' }).on('close', resolve)
  })
}

/** The number of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid
}
