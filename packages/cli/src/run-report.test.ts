import { stripVTControlCharacters } from 'node:util'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { summarise } from '@offtake/core/simulation/summary'
import { beforeAll, expect, test } from 'vitest'
import { createOutput } from './output.ts'
import { printRun } from './run-report.ts'
import { loadedPortfolio, playedPortfolio, START_UP } from './testing/played-portfolio.ts'
import { writePortfolio } from './testing/two-agreements.ts'

let startUp: RunResult
let two: RunResult
beforeAll(async () => {
  startUp = playedPortfolio(await loadedPortfolio(START_UP))
  two = playedPortfolio(await loadedPortfolio(await writePortfolio()))
})

test('a run fits one screen: at most 80 columns and 40 lines', () => {
  for (const result of [startUp, two, withManyProviders(two)]) {
    const lines = printed(result)
    expect(lines.length).toBeLessThanOrEqual(40)
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80)
  }
})

test('it says what was signed, what is owed, what stands beside it, and where the report lies', () => {
  const text = printed(two).join('\n')
  expect(text).toContain('3 agreements with 3 providers: 2 counted, 1 not binding')
  expect(text).toMatch(/owed +\S+ m USD whatever happens/)
  expect(text).toMatch(/beside it +1\.0 bn USD bind nobody: never added/)
  expect(text).toMatch(/The report: results\/two\/report\.html$/)
})

test('gangs and windows that were refused are told with the reason, and not at all where none was', () => {
  expect(printed(two).join('\n')).not.toMatch(/^(refused|booked)/m)
  const statistics = { ...two.statistics, refusedGangs: { unknownWindow: 41 } }
  const bookings = [
    { id: 'friday', accelerators: 512, opened: 2, gangsStopped: 3 },
    { id: 'easter', refused: 'windowInThePast', opened: 0, gangsStopped: 0 } as const,
  ]
  const text = printed({ ...two, statistics, bookings }).join('\n')
  expect(text).toMatch(/^refused +41 gangs: the window that they name was refused$/m)
  expect(text).toMatch(
    /^booked +easter: refused, it began before what is played\nbooked +friday: 512 accelerators/m,
  )
})

test('quotas beyond what there ever is are told', () => {
  expect(printed(startUp).join('\n')).not.toMatch(/^quotas/m)
  const tenants = startUp.portfolio.tenants.map((tenant) =>
    tenant.id === 'company' ? { ...tenant, quotas: [{ pool: '*', accelerators: 1000 }] } : tenant,
  )
  const text = printed({ ...startUp, portfolio: { ...startUp.portfolio, tenants } }).join('\n')
  expect(text).toMatch(/^quotas +all pools together: tenants own 1,000, of at most 96 accelerators$/m)
})

test('failures of nodes are told with what they cost, and not at all where no node failed', () => {
  expect(printed(two).join('\n')).not.toMatch(/^failed/m)
  const [year] = two.years
  if (!year) throw new Error('something happens in the window')
  const statistics = { ...two.statistics, nodeFailures: 30, evictions: 1 }
  const years = [
    { ...year, usedHours: 900, lostHours: 5 },
    { ...year, usedHours: 100, lostHours: 15 },
  ]
  const text = printed({ ...two, statistics, years })
    .join(' ')
    .replace(/ +/g, ' ')
  expect(text).toContain('failed 30 nodes; 1 eviction in all, which lost 2.0 % of the time used')
})

test('waits, the year that weighs most and what rests on assumptions are said in words', () => {
  const text = printed(startUp).join(' ').replace(/ +/g, ' ')
  expect(text).toMatch(
    /waited \S+ (min|h) on average, over \S+ h for one gang in a hundred; [\d,]+ gangs started, (none still waits|\d+ still waits?)/,
  )
  expect(text).toMatch(/owed 302,170 USD whatever happens, all of it within a year; 0\.05 × revenue in 2026/)
  expect(text).toContain('assumed all of what is owed rests on assumed amounts')
  expect(text).toContain('checks the one check holds')
})

test('a check that does not hold is named', () => {
  const checks = [
    { name: 'the sum', value: 1, expected: 1, holds: true },
    { name: 'the year', value: 2, expected: 3, holds: false },
  ]
  expect(printed({ ...two, checks }).join('\n')).toContain('1 of 2 hold; not: the year')
})

test('what was supposed of deliveries is said', () => {
  const slips = new Map([['reserved/racks', 86_400_000]])
  expect(printed({ ...two, slips }).join('\n')).toMatch(/what if +reserved\/racks 1 day late/)
})

test('who is left out of the table is counted', () => {
  expect(printed(withManyProviders(two)).join('\n')).toContain('all, 4 more too')
})

function withManyProviders(result: RunResult): RunResult {
  const { counted } = result.obligations
  const [one] = counted.byProvider
  const byProvider = Array.from({ length: 12 }, (_, n) => ({ ...counted, ...one, provider: `provider-${n}` }))
  return { ...result, obligations: { ...result.obligations, counted: { ...counted, byProvider } } }
}

function printed(result: RunResult): string[] {
  const { write } = process.stdout
  let text = ''
  process.stdout.write = ((part: string) => {
    text += part
    return true
  }) as typeof write
  try {
    printRun(result, summarise(result), 'results/two', createOutput(false))
  } finally {
    process.stdout.write = write
  }
  return stripVTControlCharacters(text).replaceAll('\u00a0', ' ').trimEnd().split('\n')
}
