import { HOUR_MS } from '@offtake/core/base/instant'
import { expect, test } from 'vitest'
import { BUILT_IN, edited, smallPortfolio } from '../testing/small-portfolio.ts'
import { readPortfolio } from './read-portfolio.ts'

const WORK = 'workloads/work.yaml'
const MAIN = 'offtake.yaml'

function read(changed: Readonly<Record<string, string>>) {
  const result = readPortfolio(smallPortfolio(changed), BUILT_IN)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

function problemsOf(changed: Readonly<Record<string, string>>): string[] {
  const result = readPortfolio(smallPortfolio(changed), BUILT_IN)
  return result.ok ? [] : result.problems.map(({ line, column, code }) => `${line}:${column} ${code}`)
}

function spending(text: string): Readonly<Record<string, string>> {
  return edited(WORK, 'checkpoint: 30m', `checkpoint: 30m\n    spending: ${text}`)
}

test('how work minds what time costs is read in micro-units and milliseconds', () => {
  const text =
    '{ prefers: cheapest, maxPrice: 2.40, mayWait: 2h, onSpot: false, data: { gb: 400, at: aws/us-east-2 } }'
  expect(read(spending(text)).workloads[0]?.spending).toEqual({
    prefers: 'cheapest',
    maxMicrosPerHour: 2_400_000,
    mayWaitMs: 2 * HOUR_MS,
    onSpot: false,
    data: { gb: 400, provider: 'aws', region: 'us-east-2' },
  })
  expect(read({}).workloads[0]).not.toHaveProperty('spending')
})

test('what a provider asks for data that leave it is read per gigabyte', () => {
  const changed = edited(
    MAIN,
    'asOf: 2026-05-31',
    'asOf: 2026-05-31\negress: [{ provider: aws, toProvider: 0.09 }]',
  )
  expect(read(changed).egress).toEqual([
    { provider: 'aws', toRegionMicrosPerGb: 0, toProviderMicrosPerGb: 90_000 },
  ])
})

test.each<[string, string, string]>([
  ['a price that is none', '{ maxPrice: cheap }', '8:27 unreadableAmount'],
  ['a price below nothing', '{ maxPrice: -1 }', '8:27 amountOutOfRange'],
  ['a price beyond all hardware', '{ maxPrice: 2m }', '8:27 amountOutOfRange'],
  ['a price in another currency', '{ maxPrice: 2 EUR }', '8:27 currencyMix'],
  ['another wish than the cheapest', '{ prefers: fastest }', '8:26 unknownChoice'],
  ['data that lie nowhere', '{ data: { gb: 1, at: aws } }', '8:36 badIdentifier'],
  ['a part of a gigabyte', '{ data: { gb: 0.5, at: aws/east } }', '8:29 notWhole'],
  ['a field that is not known', '{ maxPrize: 2 }', '8:17 unknownField'],
])('%s is a problem with its place', (_, text, problem) => {
  expect(problemsOf(spending(text))).toEqual([problem])
})

test('a provider whose egress is priced twice is a problem', () => {
  const twice = 'asOf: 2026-05-31\negress: [{ provider: aws }, { provider: aws }]'
  expect(problemsOf(edited(MAIN, 'asOf: 2026-05-31', twice))).toEqual(['6:9 duplicateId'])
})

test('budgets of tenants and of work are read as plans in micro-units', () => {
  const ofTenant = edited(
    MAIN,
    '  - id: lab\n',
    '  - id: lab\n    budget: { amount: 38bn, per: quarter, kind: brake }\n',
  )
  const ofWork = edited(WORK, 'checkpoint: 30m', 'checkpoint: 30m\n    budget: { amount: 12.4k }')
  expect(read(ofTenant).tenants[0]?.budget).toEqual({
    micros: '38000000000000000',
    per: 'quarter',
    kind: 'brake',
  })
  expect(read(ofWork).workloads[0]?.budget).toEqual({ micros: '12400000000', per: 'month', kind: 'limit' })
})

test.each<[string, string, string]>([
  ['a budget without a sum', '{ per: month }', '8:13 missingField'],
  ['a budget below nothing', '{ amount: -1 }', '8:23 amountOutOfRange'],
  ['a budget by the week', '{ amount: 1, per: week }', '8:31 unknownChoice'],
  ['a budget of another kind', '{ amount: 1, kind: wish }', '8:32 unknownChoice'],
  ['a budget in another currency', '{ amount: 1 EUR }', '8:23 currencyMix'],
])('%s is a problem with its place', (_, text, problem) => {
  expect(problemsOf(edited(WORK, 'checkpoint: 30m', `checkpoint: 30m\n    budget: ${text}`))).toEqual([
    problem,
  ])
})

const SPOT = `id: north-spot
title: Spot
provider: north
instrument: spot
term: { start: 2026-01-01, until: 2028-01-01 }
lines:
  - id: h100
    hardware: h100
    fabric: spot
    price: { kind: perAcceleratorHour, amount: 1.20 }
    losses: { perNodeDay: 0.5, away: 30m }
    tranches: [{ id: ceiling, accelerators: 32, promised: 2026-01-01 }]
`

test('how often spot capacity is taken back is read by node and day', () => {
  const { agreements } = read({ 'agreements/spot.yaml': SPOT })
  expect(agreements.find(({ id }) => id === 'north-spot')?.lines[0]?.losses).toEqual({
    perNodeDay: 0.5,
    awayMs: HOUR_MS / 2,
  })
})

test.each<[string, string, string, string]>([
  ['of reserved capacity', 'instrument: spot', 'instrument: capacity', '11:13 lossesWithoutSpot'],
  ['below nothing', 'perNodeDay: 0.5', 'perNodeDay: -1', '11:27 numberOutOfRange'],
  ['without a number', 'perNodeDay: 0.5, ', '', '11:13 missingField'],
])('losses %s are a problem with their place', (_, part, by, problem) => {
  expect(problemsOf({ 'agreements/spot.yaml': SPOT.replace(part, by) })).toEqual([problem])
})
