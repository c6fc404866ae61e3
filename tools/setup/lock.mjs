import { mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 100
const SAY_AFTER_MS = 1_000
/** No setting-up takes so long: its owner is gone, even if another process has its number now. */
const ABANDONED_AFTER_MS = 30 * 60_000
const TAKEOVER_ABANDONED_AFTER_MS = 10_000

/**
 * Runs `work` while no other process does, by a file that names its owner. A lock is waited for, and taken over
 * where its owner is gone. On a read-only disk nobody can set up anything, so there is nothing to lock.
 * @template Value
 * @param {string} path
 * @param {() => Promise<Value>} work
 * @param {(text: string) => void} say
 * @returns {Promise<Value>}
 */
export async function withLock(path, work, say) {
  const me = `${process.pid}@${hostname()}`
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const taken = tryTake(path, me)
    if (taken === 'readOnly') return work()
    if (taken === 'mine') break
    if (waitedMs === SAY_AFTER_MS) say('waiting for another setup of this folder to end …')
    dropIfAbandoned(path)
    await sleep(POLL_MS)
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

/**
 * @param {string} path
 * @param {string} me
 * @returns {'mine' | 'others' | 'readOnly'}
 */
function tryTake(path, me) {
  try {
    writeFileSync(path, me, { flag: 'wx' })
    return 'mine'
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return 'others'
    if (codeOf(error) === 'EROFS' || codeOf(error) === 'EACCES') return 'readOnly'
    throw error
  }
}

/**
 * Only one process at a time may judge a lock and remove it; otherwise two could judge the same dead owner
 * and the slower one would remove the lock that the faster one had just taken.
 * @param {string} path
 */
function dropIfAbandoned(path) {
  if (!isAbandoned(path)) return
  const takeover = `${path}.takeover`
  try {
    mkdirSync(takeover)
  } catch {
    const age = ageMs(takeover)
    if (age !== undefined && age > TAKEOVER_ABANDONED_AFTER_MS)
      rmSync(takeover, { recursive: true, force: true })
    return
  }
  try {
    if (isAbandoned(path)) rmSync(path, { force: true })
  } finally {
    rmdirSync(takeover)
  }
}

/** @param {string} path */
function isAbandoned(path) {
  const age = ageMs(path)
  if (age === undefined) return false
  if (age > ABANDONED_AFTER_MS) return true
  const [pid, host] = readOwner(path).split('@')
  return Boolean(pid) && host === hostname() && !isAlive(Number(pid))
}

/** @param {string} path */
function readOwner(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/**
 * @param {string} path
 * @returns {number | undefined} nothing where there is no such file
 */
function ageMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return undefined
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
