/** What ends sooner than that has gone wrong. */
const QUICK_MS = 10_000
const PAUSE_MS = { first: 1_000, most: 300_000 }

/** Pauses services whose replicas end as soon as they start: twice as long each time, until one lasts. */
export class QuickEnds {
  readonly #startedAt = new Map<string, number>()
  readonly #pauses = new Map<string, { readonly pauseMs: number; readonly until: number }>()

  noteStart(gangId: string, at: number): void {
    if (gangId.includes('/r')) this.#startedAt.set(gangId, at)
  }

  /** Nothing went wrong with one that was cancelled, which has no moment. */
  noteEnd(service: string, gangId: string, at: number | undefined): void {
    const startedAt = this.#startedAt.get(gangId)
    this.#startedAt.delete(gangId)
    if (startedAt === undefined || at === undefined) return
    if (at - startedAt >= QUICK_MS) this.#pauses.delete(service)
    else this.noteRefusal(service, at)
  }

  /** It could not start at all. */
  noteRefusal(service: string, at: number): void {
    const before = this.#pauses.get(service)
    // Those that end together are one failure.
    if (before && before.until > at) return
    const pauseMs = before ? Math.min(PAUSE_MS.most, 2 * before.pauseMs) : PAUSE_MS.first
    this.#pauses.set(service, { pauseMs, until: at + pauseMs })
  }

  /** Until when no replica of the service is started. */
  pausedUntil(service: string): number {
    return this.#pauses.get(service)?.until ?? 0
  }
}
