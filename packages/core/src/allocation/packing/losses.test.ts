import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawnKinds } from '../../testing/drawn-pods.ts'
import { Fragmentation } from './fragmentation.ts'
import { OneKindFill } from './one-kind-fill.ts'
import type { PodKind, PodMix } from './pod-kind.ts'
import { remnantWorth } from './share-prices.ts'
import { cpuRatios, strandedMilli } from './stranding.ts'
import { typicalPods } from './typical-pods.ts'

function share(milliEach: number, cpuMilli = 0): PodKind {
  return { cpuMilli, accelerators: 1, milliEach, models: -1, memoryMiB: 0 }
}

function mix(...counts: readonly [PodKind, number][]): PodMix {
  return counts.map(([kind, count]) => ({ kind, count }))
}

const slots = fc.array(fc.constantFrom(0, 120, 400, 730, 990, 1000), { minLength: 1, maxLength: 8 })
const cpus = fc.integer({ min: 0, max: 30 }).map((cores) => cores * 1000)
const BUILT = [{ cpuMilli: 64_000, memoryMiB: 0, accelerators: 8, model: 2 }]

describe('typical pods', () => {
  it('are the most frequent kinds up to 95 % of all, and their probabilities add up to one', () => {
    const kinds = mix([share(100), 50], [share(200), 45], [share(300), 5])
    const typical = typicalPods(kinds)
    expect(typical.map(({ kind }) => kind.milliEach)).toEqual([100, 200])
    expect(typical.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1)
  })

  it('of equal frequency go by size, the larger first', () => {
    const kinds = mix([share(100, 1000), 1], [share(200, 1000), 1], [share(50, 2000), 1])
    expect(typicalPods(kinds).map(({ kind }) => kind.milliEach)).toEqual([50, 200, 100])
  })
})

/** Idle milli that the next typical pod could not use, pod by pod and slot by slot. */
function fragmentationByHand(kinds: PodMix, model: number, cpu: number, free: readonly number[]): number {
  const whole = free.reduce((sum, milli) => sum + milli, 0)
  return typicalPods(kinds).reduce((sum, { kind, probability }) => {
    const { accelerators, milliEach, cpuMilli, models } = kind
    const usable = free.filter((milli) => milli >= milliEach)
    const lands = accelerators > 0 && cpu >= cpuMilli && (models & (1 << model)) !== 0
    const used = lands && usable.length >= accelerators ? usable.reduce((all, milli) => all + milli, 0) : 0
    return sum + probability * (whole - used)
  }, 0)
}

describe('fragmentation', () => {
  it('is the idle milli that the next typical pod could not use, counted pod by pod', () => {
    fc.assert(
      fc.property(drawnKinds, cpus, slots, fc.integer({ min: 0, max: 2 }), (kinds, cpu, free, model) => {
        const all = kinds.map((kind, n) => ({ kind, count: n + 1 }))
        const tables = new Fragmentation(typicalPods(all), BUILT)
        const row = Int32Array.from(free)
        expect(tables.of(model, cpu, row, 0, row.length)).toBeCloseTo(
          fragmentationByHand(all, model, cpu, free),
          6,
        )
      }),
    )
  })

  it('is known for a slot that gives a share, without looking at the others again', () => {
    fc.assert(
      fc.property(drawnKinds, cpus, slots, fc.nat(7), (kinds, cpu, free, pick) => {
        const slot = pick % free.length
        const before = free[slot] as number
        const after = Math.floor(before / 3)
        const tables = new Fragmentation(typicalPods(kinds.map((kind) => ({ kind, count: 1 }))), BUILT)
        const fill = new OneKindFill(kinds.map((kind) => ({ kind, count: 1 })))
        const [row, changed] = [Int32Array.from(free), Int32Array.from(free)]
        changed[slot] = after
        const whole = [tables.of(1, cpu, changed, 0, free.length), fill.idle(1, cpu, changed, 0, free.length)]
        tables.look(1, cpu, row, 0, free.length)
        fill.look(1, cpu, row, 0, free.length)
        expect(tables.afterShare(before, after)).toBeCloseTo(whole[0] as number, 6)
        expect(fill.afterShare(before, after)).toBeCloseTo(whole[1] as number, 6)
      }),
    )
  })
})

describe('what a remnant is worth', () => {
  it('is the part of an accelerator that the shares which fit it would cost, cut as cheaply as can be', () => {
    // Two of 500 fill an accelerator, so each costs half of one; a remnant below 500 is worth nothing.
    const worth = remnantWorth(mix([share(500), 10]))
    expect([worth[499], worth[500], worth[999], worth[1000]]).toEqual([0, 500, 500, 1000])
  })

  it('prices a share with no partner like a whole accelerator', () => {
    const worth = remnantWorth(mix([share(810), 10]))
    expect([worth[809], worth[810]]).toEqual([0, 1000])
  })

  it('never falls as the remnant grows, and the shares of a full accelerator cost no more than it', () => {
    fc.assert(
      fc.property(drawnKinds, (kinds) => {
        const worth = remnantWorth(kinds.map((kind, n) => ({ kind, count: n + 1 })))
        for (let milli = 1; milli <= 1000; milli++)
          expect(worth[milli] as number).toBeGreaterThanOrEqual((worth[milli - 1] as number) - 1e-6)
        expect(Math.max(...worth)).toBeLessThanOrEqual(1000 + 1e-6)
      }),
    )
  })
})

describe('stranded milli', () => {
  it('are those that the CPU left cannot serve', () => {
    expect(strandedMilli(2000, 6000, 4)).toBe(500)
    expect(strandedMilli(1000, 6000, 4)).toBe(0)
  })

  it('are looked for at the CPU that slim, middling and hungry pods bring along', () => {
    const kinds = mix([share(1000, 2000), 3], [share(1000, 8000), 4], [share(1000, 16_000), 3])
    expect(cpuRatios(kinds)).toEqual([2, 8, 16])
    expect(cpuRatios([])).toEqual([1, 1, 1])
  })
})
