import { readFileSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive, startedAt } from './client.ts'

/** What a run's folder and the process table say of it. */
export type Sight =
  | { readonly kind: 'neverStarted' }
  /** Its shell has claimed the run, and not yet said which process it is. */
  | { readonly kind: 'starting' }
  | { readonly kind: 'runs'; readonly pid: number }
  | { readonly kind: 'ended'; readonly exitCode: number }

/** As a shell says it of a process that was killed. */
const KILLED = 137
/** A shell that has said nothing for so long was killed with its machine. */
const STARTS_WITHIN_MS = 10_000

export function lookAt(folder: string): Sight {
  const found = readProcess(folder)
  if (!found) return withoutProcess(folder)
  const exitCode = readExit(folder)
  if (exitCode !== undefined) return { kind: 'ended', exitCode }
  const { pid } = found
  // Another process that got the same number later started later.
  const isSame = isAlive(pid) && startedAt(pid) === found.startedAt
  // It may have ended between the two looks.
  return isSame ? { kind: 'runs', pid } : { kind: 'ended', exitCode: readExit(folder) ?? KILLED }
}

/** How much of a log is read at once. */
const PIECE_BYTES = 65_536

/** A piece of a log from a byte on, empty at its end; nothing where there is no such file. */
export async function readLog(log: string, from: number): Promise<Buffer | undefined> {
  try {
    const file = await open(log)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(PIECE_BYTES), 0, PIECE_BYTES, from)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch {
    return undefined
  }
}

function withoutProcess(folder: string): Sight {
  const claimed = statSync(join(folder, 'claimed'), { throwIfNoEntry: false })
  if (!claimed) return { kind: 'neverStarted' }
  return Date.now() - claimed.mtimeMs < STARTS_WITHIN_MS
    ? { kind: 'starting' }
    : { kind: 'ended', exitCode: KILLED }
}

function readProcess(folder: string): { readonly pid: number; readonly startedAt: string } | undefined {
  try {
    const [pid, startedAt = ''] = readFileSync(join(folder, 'process'), 'utf8').split('\n')
    return { pid: Number(pid), startedAt: startedAt.trim() }
  } catch {
    return undefined
  }
}

function readExit(folder: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(folder, 'exit'), 'utf8'), 10)
  } catch {
    return undefined
  }
}
