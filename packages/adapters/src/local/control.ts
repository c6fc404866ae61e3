import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Adapter, Run, RunEnd, RunName } from '../ports.ts'
import { launch, signalGroup } from './client.ts'
import { lookAt, readLog } from './observe.ts'
import { folderOf, launchOf, logIn } from './translate.ts'

/** How long a process has between the request to end and the order to. */
const GRACE_MS = 5_000
/** How often it looks whether a process that an earlier server started still runs. */
const LOOK_MS = 500
/** As a shell says it: of a program that could not be started, and of one that a signal ended. */
const EXIT = { notFound: 127, signal: 128 }

/**
 * Runs gangs as processes of this machine, one a gang. Each has a folder of its own with its log, its process and, once it has
 * ended, its exit code, so that a server that was killed finds again what it ran and starts nothing twice.
 */
export class LocalAdapter implements Adapter {
  readonly kind = 'local'
  readonly isSimulated = false
  readonly #runs: string
  readonly #ended: (end: RunEnd) => void
  readonly #watched = new Map<string, NodeJS.Timeout | undefined>()

  constructor(runs: string, ended: (end: RunEnd) => void) {
    // Processes begin elsewhere than this one.
    this.#runs = resolve(runs)
    this.#ended = ended
  }

  start(run: Run): void {
    const folder = folderOf(this.#runs, run)
    if (!this.#watched.has(folder)) this.#follow(run, folder)
  }

  stop(run: RunName): void {
    const folder = folderOf(this.#runs, run)
    clearTimeout(this.#watched.get(folder))
    this.#watched.delete(folder)
    const seen = lookAt(folder)
    if (seen.kind !== 'runs') return
    signalGroup(seen.pid, 'SIGTERM')
    setTimeout(() => {
      if (lookAt(folder).kind === 'runs') signalGroup(seen.pid, 'SIGKILL')
    }, GRACE_MS).unref()
  }

  log(run: RunName, from: number): Promise<Buffer | undefined> {
    return readLog(logIn(folderOf(this.#runs, run)), from)
  }

  close(): void {
    for (const timer of this.#watched.values()) clearTimeout(timer)
    this.#watched.clear()
  }

  /** What was started before, by this server or another, has ended or is waited for. */
  #follow(run: Run, folder: string): void {
    const seen = lookAt(folder)
    if (seen.kind === 'neverStarted') return this.#launch(run, folder)
    const timer =
      seen.kind === 'ended'
        ? setTimeout(() => this.#end(run, folder, seen.exitCode), 0)
        : setTimeout(() => this.#follow(run, folder), LOOK_MS)
    this.#watched.set(folder, timer)
  }

  #launch(run: Run, folder: string): void {
    mkdirSync(folder, { recursive: true })
    const child = launch(launchOf(run, folder))
    this.#watched.set(folder, undefined)
    child.once('error', () => this.#end(run, folder, EXIT.notFound))
    child.once('exit', (code) => {
      if (!this.#watched.has(folder)) return
      // What its folder says counts: where another server's shell was first, that one runs.
      if (lookAt(folder).kind === 'neverStarted') this.#end(run, folder, code ?? EXIT.signal)
      else this.#follow(run, folder)
    })
  }

  #end({ gangId, stay }: Run, folder: string, exitCode: number): void {
    if (this.#watched.delete(folder)) this.#ended({ gangId, stay, exitCode })
  }
}
