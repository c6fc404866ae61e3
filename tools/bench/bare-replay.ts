import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** The jobs of a trace in order of arrival; times in seconds. */
export interface BareTrace {
  readonly submitted: Float64Array
  readonly work: Float64Array
  readonly accelerators: Int32Array
}

/** Reads the packed Philly trace (`timestamp,duration,num_gpus,…`) and sorts it by arrival. */
export function readPhilly(path: string): BareTrace {
  const rows = gunzipSync(readFileSync(path)).toString('utf8').split('\n').slice(1)
  const jobs = rows
    .filter((row) => row.trim() !== '')
    .map((row) => {
      const [timestamp = '', duration = '', accelerators = ''] = row.split(',')
      const submitted = Date.parse(`${timestamp.replace(' ', 'T')}Z`) / 1000
      return { submitted, work: Number(duration), accelerators: Number(accelerators) }
    })
    .sort((a, b) => a.submitted - b.submitted)
  return {
    submitted: Float64Array.from(jobs, (job) => job.submitted),
    work: Float64Array.from(jobs, (job) => job.work),
    accelerators: Int32Array.from(jobs, (job) => job.accelerators),
  }
}

/**
 * First come, first served on interchangeable accelerators, with nothing around it: no events, no nodes, no tenants, no
 * records. A job starts as soon as all before it have started and enough is free. The mean wait in seconds.
 */
export function replayBare(trace: BareTrace, accelerators: number): number {
  const ends = new EndQueue(trace.submitted.length)
  let free = accelerators
  let now = 0
  let waited = 0
  for (let job = 0; job < trace.submitted.length; job += 1) {
    const wanted = trace.accelerators[job] ?? 0
    now = Math.max(now, trace.submitted[job] ?? 0)
    while (ends.size > 0 && ends.firstAt() <= now) free += ends.takeFirst()
    while (free < wanted) {
      now = Math.max(now, ends.firstAt())
      free += ends.takeFirst()
    }
    free -= wanted
    waited += now - (trace.submitted[job] ?? 0)
    ends.add(now + (trace.work[job] ?? 0), wanted)
  }
  return waited / trace.submitted.length
}

/** Running jobs by their end: a binary heap in two flat arrays. */
class EndQueue {
  readonly #at: Float64Array
  readonly #accelerators: Int32Array
  size = 0

  constructor(jobsMax: number) {
    this.#at = new Float64Array(jobsMax)
    this.#accelerators = new Int32Array(jobsMax)
  }

  firstAt(): number {
    return this.#at[0] ?? Number.POSITIVE_INFINITY
  }

  add(at: number, accelerators: number): void {
    let hole = this.size
    this.size += 1
    while (hole > 0) {
      const above = (hole - 1) >> 1
      if ((this.#at[above] ?? 0) <= at) break
      this.#move(above, hole)
      hole = above
    }
    this.#at[hole] = at
    this.#accelerators[hole] = accelerators
  }

  /** Ends the first and gives its accelerators back. */
  takeFirst(): number {
    const accelerators = this.#accelerators[0] ?? 0
    this.size -= 1
    const at = this.#at[this.size] ?? 0
    let hole = 0
    for (let below = 1; below < this.size; below = 2 * hole + 1) {
      const right = below + 1
      if (right < this.size && (this.#at[right] ?? 0) < (this.#at[below] ?? 0)) below = right
      if ((this.#at[below] ?? 0) >= at) break
      this.#move(below, hole)
      hole = below
    }
    this.#at[hole] = at
    this.#accelerators[hole] = this.#accelerators[this.size] ?? 0
    return accelerators
  }

  #move(from: number, to: number): void {
    this.#at[to] = this.#at[from] ?? 0
    this.#accelerators[to] = this.#accelerators[from] ?? 0
  }
}
