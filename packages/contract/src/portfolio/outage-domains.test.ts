import { expect, test } from 'vitest'
import { BUILT_IN, smallPortfolio } from '../testing/small-portfolio.ts'
import { readPortfolio } from './read-portfolio.ts'

test('an outage of an unknown region of a provider is told as that', () => {
  const outages = 'outages: [{ provider: alpha, region: wset, from: 2026-06-02, until: 2026-06-03 }]\n'
  const result = readPortfolio(smallPortfolio({ 'fleet/outages.yaml': outages }), BUILT_IN)
  const [problem] = result.ok ? [] : result.problems
  expect(problem?.message).toBe("outages[0].region: 'alpha' has no pool in a region 'wset'")
})

test('a shape of a pool whose machines are listed would have no effect, and is told', () => {
  const shapeOf = (pool: string) => {
    const pools =
      'pools: [{ provider: own, hardware: h100, nodes: [{ domains: 1, acceleratorsPerNode: 8 }] }]'
    const text = `shapes: [{ pool: ${pool}, nodesPerDomain: 4 }]\n${pools}\n`
    return readPortfolio(smallPortfolio({ 'fleet/shapes.yaml': text }), BUILT_IN)
  }
  expect(shapeOf('alpha/west/h100').ok).toBe(true)
  const listed = shapeOf('own/anywhere/h100')
  expect(listed.ok ? [] : listed.problems).toMatchObject([{ line: 1, column: 18, code: 'shapeOfListedPool' }])
})

test('so many spares that no node of any domain works are told', () => {
  const spares = (hardware: string, count: number) =>
    readPortfolio(
      smallPortfolio({
        'fleet/upkeep.yaml': `upkeep: [{ hardware: ${hardware}, sparesPerDomain: ${count} }]\n`,
      }),
      BUILT_IN,
    )
  expect(spares('gb200-nvl72', 17).ok).toBe(true)
  const all = spares('h100', 1)
  expect(all.ok ? [] : all.problems).toMatchObject([{ line: 1, column: 45, code: 'sparesFillDomain' }])
})

test('an outage of a domain that its pool never has is told once all else holds', () => {
  const outageOf = (domain: number) =>
    readPortfolio(
      smallPortfolio({
        'fleet/outages.yaml': `outages:
  - { pool: alpha/west/h100, domain: ${domain}, from: 2026-06-02, until: 2026-06-03 }
`,
      }),
      BUILT_IN,
    )
  const known = outageOf(0)
  expect(known.ok).toBe(true)
  const unknown = outageOf(99_999)
  expect(unknown.ok ? [] : unknown.problems).toMatchObject([
    { file: 'fleet/outages.yaml', line: 2, code: 'unknownDomain' },
  ])
})
