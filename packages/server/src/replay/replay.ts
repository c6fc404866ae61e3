import { LONGEST_TIMER_MS, RETRY_MS } from '@offtake/adapters/alarm'
import type { JobSpec } from '@offtake/contract/api/job'
import { type Instant, instant } from '@offtake/core/base/instant'
import type { Gang } from '@offtake/core/demand/gang'
import type { Job } from '@offtake/core/demand/job'
import type { Kysely } from 'kysely'
import type { Engine } from '../engine/engine.ts'
import { offer } from '../engine/offer.ts'
import { isoOf } from '../http/iso.ts'
import { hasNewPortfolio } from '../portfolio/change.ts'
import { checkedPortfolio } from '../portfolio/checked-portfolio.ts'
import { currentFiles } from '../portfolio/portfolio-store.ts'
import type { Tables } from '../store/tables.ts'
import { drawnJobs } from './drawn-jobs.ts'

const ACTOR = 'replay'
/** Jobs that are submitted at once. */
const AT_ONCE = 500

/**
 * Submits what the portfolio's workloads draw, each job at its moment of a clock that runs so much faster than the real one. That clock
 * begins at the present; it stands still while nobody replays, and goes on with the last job that was submitted. So a restart loses none
 * and repeats none: a job's key is its moment and its name.
 */
export class Replay {
  readonly #engine: Engine
  readonly #db: Kysely<Tables>
  readonly #clock: () => number
  readonly #speed: number
  readonly #stopListening: () => void
  #timer: NodeJS.Timeout | undefined
  #isClosed = false
  /** A moment of the real clock, and what the replay's clock shows then. */
  #origin = { real: 0, played: 0 }
  #jobs: Iterator<Job> | undefined
  #next: Job | undefined

  constructor(engine: Engine, db: Kysely<Tables>, clock: () => number, speed: number) {
    this.#engine = engine
    this.#db = db
    this.#clock = clock
    this.#speed = speed
    this.#stopListening = engine.listen({
      entry: ({ result }) => {
        if (hasNewPortfolio(result)) this.#wait(0, () => this.#begin(this.#playedNow()))
      },
    })
  }

  start(): void {
    this.#wait(0, async () => this.#begin(await this.#lastPlayed()))
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#stopListening()
  }

  #playedNow(): Instant {
    return instant(Math.floor(this.#origin.played + (this.#clock() - this.#origin.real) * this.#speed))
  }

  /** Of the last job that was submitted; the present where there is none. */
  async #lastPlayed(): Promise<Instant> {
    const last = await this.#db
      .selectFrom('journal')
      .select('idempotency_key')
      .where('actor', '=', ACTOR)
      .where('idempotency_key', 'is not', null)
      .orderBy('idempotency_key', 'desc')
      .limit(1)
      .executeTakeFirst()
    const [moment = ''] = last?.idempotency_key?.split(' ') ?? []
    return instant(last ? Date.parse(moment) : this.#clock())
  }

  async #begin(from: Instant): Promise<void> {
    const set = await currentFiles(this.#db)
    this.#origin = { real: this.#clock(), played: from }
    this.#jobs = set.version === 0 ? undefined : drawnJobs(checkedPortfolio(set.files, set.digest), from)
    this.#advance()
    this.#waitForNext()
  }

  #advance(): void {
    const next = this.#jobs?.next()
    this.#next = next?.done === false ? next.value : undefined
  }

  #waitForNext(): void {
    if (!this.#next) return
    const due = this.#origin.real + (this.#next.submitted - this.#origin.played) / this.#speed
    this.#wait(due - this.#clock(), () => this.#submitDue())
  }

  async #submitDue(): Promise<void> {
    const now = this.#playedNow()
    const due: Job[] = []
    while (this.#next && this.#next.submitted <= now && due.length < AT_ONCE) {
      due.push(this.#next)
      this.#advance()
    }
    await Promise.all(due.map((job) => this.#submit(job)))
    this.#waitForNext()
  }

  async #submit({ gang, submitted, workMs }: Job): Promise<void> {
    const spec: JobSpec = { name: gang.name ?? gang.id.split('/')[0] ?? gang.id, durationMs: workMs }
    const command = { kind: 'submit' as const, gang: this.#asBooked(gang) }
    const key = `${isoOf(submitted)} ${gang.id}`
    // What the allocator does not take, because its tenant is gone for instance, is left out.
    await offer(this.#engine, { command, spec: JSON.stringify(spec), actor: ACTOR, key, asked: key })
  }

  /** A window that nobody booked here is waited for by nobody. */
  #asBooked({ window, ...rest }: Gang): Gang {
    return window !== undefined && this.#engine.allocator.state.windows.get(window)
      ? { ...rest, window }
      : rest
  }

  /** Where it fails, it begins again with what was submitted last. */
  #wait(pauseMs: number, then: () => Promise<void>): void {
    clearTimeout(this.#timer)
    if (this.#isClosed) return
    if (pauseMs > LONGEST_TIMER_MS) {
      this.#timer = setTimeout(() => this.#waitForNext(), LONGEST_TIMER_MS)
      return
    }
    this.#timer = setTimeout(
      () => void then().catch(() => this.#wait(RETRY_MS, async () => this.#begin(await this.#lastPlayed()))),
      Math.max(0, pauseMs),
    )
  }
}
