import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planReplicas, type Replica } from './plan-replicas.ts'

const NOW = { now: 100, drainMs: 50 }
const NOBODY: ReadonlyMap<string, number> = new Map()

const replica = (n: number, isRunning = true, isOutdated = false): Replica => ({
  id: `s/r${n}`,
  n,
  isRunning,
  isOutdated,
})

describe('where fewer replicas are wanted', () => {
  test('those that wait are stopped at once, and of those that run the youngest drain first', () => {
    const plan = planReplicas(1, [replica(0), replica(1), replica(2), replica(3, false)], NOBODY, NOW)
    expect(plan).toEqual({
      start: 0,
      stop: ['s/r3'],
      draining: new Map([
        ['s/r1', 150],
        ['s/r2', 150],
      ]),
    })
  })

  test('one that has drained is stopped, and one that drains keeps its moment', () => {
    const before = new Map([
      ['s/r1', 100],
      ['s/r2', 120],
    ])
    const plan = planReplicas(1, [replica(0), replica(1), replica(2)], before, NOW)
    expect(plan).toEqual({ start: 0, stop: ['s/r1'], draining: new Map([['s/r2', 120]]) })
  })
})

test('one that drains goes on where it is wanted again, before another is asked for', () => {
  const plan = planReplicas(3, [replica(0), replica(1)], new Map([['s/r1', 120]]), NOW)
  expect(plan).toEqual({ start: 1, stop: [], draining: new Map() })
})

test('those of an earlier form drain while as many of the new one are asked for', () => {
  const plan = planReplicas(2, [replica(0, true, true), replica(1, false, true)], NOBODY, NOW)
  expect(plan).toEqual({ start: 2, stop: ['s/r1'], draining: new Map([['s/r0', 150]]) })
})

test('whatever there is, as many stay or come as are wanted, nobody is stopped before it has drained, and nobody is named twice', () => {
  const anyReplicas = fc
    .array(fc.tuple(fc.boolean(), fc.boolean()), { maxLength: 12 })
    .map((drawn) => drawn.map(([isRunning, isOutdated], n) => replica(n, isRunning, isOutdated)))
  const anyDraining = fc.array(fc.tuple(fc.nat(12), fc.integer({ min: 60, max: 140 })), { maxLength: 12 })
  fc.assert(
    fc.property(fc.nat(10), anyReplicas, anyDraining, (wanted, replicas, drawn) => {
      const before = new Map(drawn.map(([n, due]) => [`s/r${n}`, due]))
      const { start, stop, draining } = planReplicas(wanted, replicas, before, NOW)
      const gone = [...stop, ...draining.keys()]
      expect(new Set(gone).size).toBe(gone.length)
      const stay = replicas.filter(({ id, isOutdated }) => !isOutdated && !gone.includes(id))
      expect(stay.length + start).toBe(wanted)
      for (const { id, isRunning, isOutdated } of replicas) {
        if (isOutdated) expect(gone).toContain(id)
        if (isRunning && stop.includes(id)) expect(before.get(id)).toBeLessThanOrEqual(NOW.now)
      }
    }),
  )
})
