import { type AllocationEvent, milliOfPart, type Part } from '@offtake/core/allocation/events'
import type { UsageSpanRow } from '../store/usage-tables.ts'

/** Whose gang an event is about, and which of its stays. */
interface Stay {
  readonly tenant: string
  readonly stay: number
}

/** What gangs hold of pools just now, as their rows will stand once the events of a batch are written. */
export class UsageBook {
  readonly #open = new Map<string, readonly UsageSpanRow[]>()
  readonly #changed = new Map<string, UsageSpanRow>()

  constructor(open: Iterable<UsageSpanRow> = []) {
    for (const row of open) this.#open.set(row.gang, [...(this.#open.get(row.gang) ?? []), row])
  }

  fold(event: AllocationEvent, of: Stay | undefined): void {
    switch (event.kind) {
      case 'placed':
        return this.#begin(event.gangId, event.at, event.parts, of)
      case 'resized':
      case 'moved': {
        const next = 1 + Math.max(-1, ...(this.#open.get(event.gangId) ?? []).map(({ n }) => n))
        this.#end(event.gangId, event.at)
        return this.#begin(event.gangId, event.at, event.parts, of, next)
      }
      case 'evicted':
      case 'finished':
      case 'cancelled':
        return this.#end(event.gangId, event.at)
    }
  }

  /** The rows that have changed since the last call. */
  takeChanged(): UsageSpanRow[] {
    const changed = [...this.#changed.values()]
    this.#changed.clear()
    return changed
  }

  #begin(gang: string, at: number, parts: readonly Part[], of: Stay | undefined, first = 0): void {
    if (!of) return
    const milli = new Map<string, number>()
    for (const part of parts) milli.set(part.poolId, (milli.get(part.poolId) ?? 0) + milliOfPart(part))
    const rows = [...milli].map(
      ([pool, held], index): UsageSpanRow => ({
        gang,
        stay: of.stay,
        n: first + index,
        tenant: of.tenant,
        pool,
        milli: held,
        started_at: at,
        ended_at: null,
      }),
    )
    this.#open.set(gang, rows)
    for (const row of rows) this.#note(row)
  }

  #end(gang: string, at: number): void {
    for (const row of this.#open.get(gang) ?? []) this.#note({ ...row, ended_at: at })
    this.#open.delete(gang)
  }

  #note(row: UsageSpanRow): void {
    this.#changed.set(`${row.stay} ${row.n} ${row.gang}`, row)
  }
}
