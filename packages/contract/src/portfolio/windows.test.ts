import { parseInstant, WEEK_MS } from '@offtake/core/base/instant'
import { expect, test } from 'vitest'
import { BUILT_IN, smallPortfolio } from '../testing/small-portfolio.ts'
import { readPortfolio } from './read-portfolio.ts'

const WINDOW = {
  id: 'friday',
  tenant: 'research',
  members: '8',
  acceleratorsPerMember: '8',
  accepts: '[h100]',
  start: '2026-06-05T18:00Z',
  until: '2026-06-06T06:00Z',
}

function read(window: Readonly<Record<string, string>>, after = '') {
  const fields = Object.entries({ ...WINDOW, ...window }).map(([field, value]) => `    ${field}: ${value}\n`)
  const text = `windows:\n  -\n${fields.join('')}${after}`
  return readPortfolio(smallPortfolio({ 'workloads/windows.yaml': text }), BUILT_IN)
}

function problems(window: Readonly<Record<string, string>>, after = ''): string[] {
  const result = read(window, after)
  return result.ok ? [] : result.problems.map(({ line, column, code }) => `${line}:${column} ${code}`)
}

test('a window that comes back each week is read, for any gang of its tenant where nothing else is said', () => {
  const result = read({ every: '1w', times: '12', within: 'block', lends: 'true' })
  expect(result.ok && result.value.windows).toEqual([
    {
      id: 'friday',
      tenant: 'research',
      members: 8,
      acceleratorsPerMember: 8,
      accepts: ['h100'],
      within: { level: 'block', required: true },
      start: parseInstant('2026-06-05T18:00Z'),
      until: parseInstant('2026-06-06T06:00Z'),
      repeat: { everyMs: WEEK_MS, times: 12 },
      isFor: 'tenant',
      lends: true,
    },
  ])
})

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['an unknown tenant', { tenant: 'reserach' }, '4:13 unknownTenant'],
  ['unknown hardware', { accepts: '[h10]' }, '7:15 unknownHardware'],
  ['no hardware', { accepts: '[]' }, '7:14 acceptsNothing'],
  ['an unknown pool', { pool: 'alpha/east/h100' }, '10:11 unknownPool'],
  ['an end before its start', { until: '2026-06-05' }, '9:12 reversedDates'],
  ['that it comes back before it is over', { every: '11h' }, '10:12 windowMeetsItself'],
  ['how often without when', { times: '3' }, '10:12 badAlternative'],
  [
    'more times within the window than can be booked',
    { until: '2026-06-05T18:01Z', every: '5m' },
    '10:12 windowTooOften',
  ],
  ['a pool of other hardware', { pool: 'beta/anywhere/gb200-nvl72' }, '10:11 poolNotAccepted'],
  ['members larger than any node', { acceleratorsPerMember: '16' }, '6:28 memberLargerThanNode'],
  ['more than a domain holds', { members: '2', within: 'domain' }, '5:14 windowTooFarApart'],
  ['no members', { members: '0' }, '5:14 numberOutOfRange'],
  ['too many times', { every: '1w', times: '1001' }, '11:12 numberOutOfRange'],
  ['a field that windows do not have', { evry: '1w' }, '10:5 unknownField'],
])('%s is told with its place', (_, window, expected) => {
  expect(problems(window)).toEqual([expected])
})

test('a workload names windows of its own tenant and of those above it, and no others', () => {
  const naming = (tenant: string) => `workloads:
  - { id: evals, tenant: ${tenant}, profile: steady, jobsPerDay: 1, accepts: [h100], window: friday }
`
  expect(problems({ tenant: 'lab' }, naming('research'))).toEqual([])
  expect(problems({ tenant: 'research' }, naming('lab'))).toEqual(['11:88 notItsWindow'])
})

test('a second window of the same id, and a workload that names one that nobody books, are told', () => {
  const more = `workloads:
  - { id: evals, tenant: research, profile: steady, jobsPerDay: 1, accepts: [h100], window: fridy }
`
  expect(problems({}, more)).toEqual(['11:93 unknownWindow'])
  expect(problems({}, more.replace('fridy', 'friday'))).toEqual([])
  const second = Object.entries(WINDOW).map(([field, value]) => `    ${field}: ${value}\n`)
  expect(problems({}, `  -\n${second.join('')}`)).toEqual(['11:9 duplicateId'])
})
