import { expect, test } from 'vitest'
import { BareIndex } from './bare-index.ts'
import { Churn } from './churn.ts'
import { LinearScan } from './linear-scan.ts'
import type { Subject } from './subject.ts'
import { WholeAllocator } from './whole-allocator.ts'
import { drawSizes, fleetOf, sizeOf } from './workload.ts'

const FLEET = fleetOf(20_000)

/** Hands on to a subject, and counts what is held. */
class Counted implements Subject {
  held = 0
  readonly #subject: Subject
  readonly #sizes = new Map<number, number>()

  constructor(subject: Subject) {
    this.#subject = subject
  }

  place(gang: number, accelerators: number): boolean {
    expect(this.#sizes.has(gang)).toBe(false)
    if (!this.#subject.place(gang, accelerators)) return false
    this.#sizes.set(gang, accelerators)
    this.held += accelerators
    return true
  }

  release(gang: number): void {
    this.#subject.release(gang)
    this.held -= this.#sizes.get(gang) ?? Number.NaN
    this.#sizes.delete(gang)
  }

  releaseAll(): void {
    for (const gang of [...this.#sizes.keys()]) this.release(gang)
  }
}

const SUBJECTS: readonly [string, () => Subject][] = [
  ['the bare index', () => new BareIndex(FLEET)],
  ['the whole allocator', () => new WholeAllocator(FLEET)],
  ['the linear scan', () => new LinearScan(FLEET)],
]

test.each(SUBJECTS)('%s keeps the fleet as full as it should be, and gives all of it back', (_, make) => {
  const counted = new Counted(make())
  const most = Math.floor(0.95 * sizeOf(FLEET))
  const churn = new Churn(counted, drawSizes(FLEET, 5_000, 'test'), most, 'test')
  churn.fill()
  churn.run(3_000)
  expect(counted.held).toBeLessThanOrEqual(most)
  expect(counted.held).toBeGreaterThan(0.85 * sizeOf(FLEET))
  expect(churn.failures).toBeLessThan(churn.placements / 20)
  counted.releaseAll()
  expect(counted.place(0, sizeOf(FLEET))).toBe(true)
})
