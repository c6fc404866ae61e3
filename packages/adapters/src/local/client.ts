import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import type { Launch } from './translate.ts'

/** Starts a process that leads a group of its own and outlives this one; what it says goes to a file. */
export function launch({ program, args, folder, log, environment }: Launch): ChildProcess {
  const file = openSync(log, 'a')
  const child = spawn(program, [...args], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', file, file],
    env: environment,
  })
  closeSync(file)
  // A server that is told to end does not wait for what it runs.
  child.unref()
  return child
}

/** The process leads a group of its own, so what it started ends with it. */
export function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // It has ended already.
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** When the process started, in whatever form the system tells: two processes of one number never started at the same moment. */
export function startedAt(pid: number): string | undefined {
  try {
    // The name in field 2 may hold spaces and brackets; field 22, after it, is the start in clock ticks.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return psStart(pid)
  }
}

function psStart(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined
  }
}
