import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CORES, compareStock, type Lot, nodesPerCount, type StockedLot } from './stock.ts'

const RACK = JSON.stringify({ acceleratorsPerNode: 4, domainsPerBlock: 8, nodesPerDomain: 18 })

function lot(source: string, count: number, parts: Partial<Lot> = {}): Lot {
  return { pool: 'p', source, shape: RACK, count, ...parts }
}

function there(source: string, count: number, firstNode: number): StockedLot {
  return { ...lot(source, count), firstNode }
}

describe('machines that are there', () => {
  test('stay where they are when nothing else is wanted', () => {
    expect(compareStock([there('a', 3, 0)], [lot('a', 3)]).isChanged).toBe(false)
  })

  test('stay when another source brings them by now', () => {
    expect(compareStock([there('a', 3, 0)], [lot('b', 2), lot('c', 1)])).toEqual({
      kept: [there('b', 2, 0), there('c', 1, 36)],
      surplus: [],
      missing: [],
      isChanged: true,
    })
  })

  test('grow by what is missing, and shrink by what came last', () => {
    expect(compareStock([there('a', 3, 0)], [lot('a', 5)]).missing).toEqual([lot('a', 2)])
    const { kept, surplus } = compareStock([there('a', 3, 0)], [lot('a', 1)])
    expect({ kept, surplus }).toEqual({ kept: [there('a', 1, 0)], surplus: [there('a', 2, 18)] })
  })

  test('are taken from the source that no longer brings them, before any other', () => {
    const { surplus } = compareStock([there('a', 2, 0), there('b', 2, 36)], [lot('b', 2)])
    expect(surplus).toEqual([there('a', 2, 0)])
  })
})

test('any stock becomes what is wanted: every node once, and none moved that may stay', () => {
  const shape = fc.constantFrom(RACK, CORES, JSON.stringify({ nodesPerDomain: 1 }))
  const lots = fc.array(
    fc.record({
      pool: fc.constantFrom('p', 'q'),
      source: fc.constantFrom('a', 'b', 'c'),
      shape,
      count: fc.integer({ min: 1, max: 9 }),
    }),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(lots, lots, (before, wanted) => {
      let node = 0
      const stock = before.map((one) => {
        const stocked = { ...one, firstNode: node }
        node += one.count * nodesPerCount(one.shape)
        return stocked
      })
      const { kept, surplus, missing, isChanged } = compareStock(stock, wanted)
      expect(counts([...kept, ...missing])).toEqual(counts(wanted))
      expect(nodesOf([...kept, ...surplus])).toEqual(nodesOf(stock))
      // Of one kind, something is missing or too much, never both.
      const tooMuch = new Set(surplus.map(({ pool, shape: kind }) => `${pool} ${kind}`))
      expect(missing.some(({ pool, shape: kind }) => tooMuch.has(`${pool} ${kind}`))).toBe(false)
      if (!isChanged) expect(kept).toHaveLength(kept.length + surplus.length + missing.length)
    }),
    { numRuns: 500 },
  )
})

function counts(lots: readonly Lot[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { pool, source, shape, count } of lots) {
    const key = `${pool} ${source} ${shape}`
    sums[key] = (sums[key] ?? 0) + count
  }
  return sums
}

/** Every single node and core. */
function nodesOf(lots: readonly StockedLot[]): string[] {
  return lots
    .flatMap(({ pool, shape, firstNode, count }) =>
      Array.from({ length: shape === CORES ? count : count * nodesPerCount(shape) }, (_, n) =>
        shape === CORES ? `${pool} core` : `${pool} ${firstNode + n}`,
      ),
    )
    .sort()
}
