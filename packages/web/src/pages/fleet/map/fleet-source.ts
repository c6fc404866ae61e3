import { showFleetMap } from '@offtake/contract/api/fleet-map-routes'
import { call } from '../../../api/call.ts'
import { concernedBy } from '../../../live/concerns.ts'
import type { FeedEntry } from '../../../live/feed.ts'
import type { FleetModel } from './fleet-model.ts'

/** From one answer to the next question: many events are told of in one. */
const PAUSE_MS = 250
const AGAIN_MS = 2_000

/** Keeps a model of the fleet as it is: reads all of it once, and after events what they have changed. */
export class FleetSource {
  readonly #model: FleetModel
  readonly #failed: (error: unknown) => void
  #isAsking = false
  #isDue = false
  #isClosed = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(model: FleetModel, failed: (error: unknown) => void) {
    this.#model = model
    this.#failed = failed
  }

  open(): void {
    this.#isClosed = false
    void this.#ask()
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  readonly heard = ({ events }: FeedEntry): void => {
    if (this.#isDue || !concernedBy(events.map(({ kind }) => kind)).has(showFleetMap.id)) return
    this.#isDue = true
    if (!this.#isAsking && this.#timer === undefined) void this.#ask()
  }

  async #ask(): Promise<void> {
    this.#isAsking = true
    this.#isDue = false
    const { mark } = this.#model.state
    try {
      const { value } = await call(showFleetMap, { query: mark === undefined ? {} : { since: mark } })
      if (this.#isClosed) return
      this.#model.take(value)
      this.#failed(undefined)
      this.#askLater(PAUSE_MS)
    } catch (error) {
      if (this.#isClosed) return
      this.#isDue = true
      this.#failed(error)
      this.#askLater(AGAIN_MS)
    } finally {
      this.#isAsking = false
    }
  }

  #askLater(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#isDue) void this.#ask()
    }, ms)
  }
}
