import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Agreement, Tranche } from '@offtake/core/agreements/agreement'
import { addMonths, HOUR_MS } from '@offtake/core/base/instant'
import { formatMoney, toUnits } from '@offtake/core/base/money'
import { excess, integral, maximum, within } from '@offtake/core/base/step-function'
import { addTimelines, capacityOf } from '@offtake/core/capacity/timeline'
import { forecastDemand } from '@offtake/core/demand/forecast'
import { summariseObligations } from '@offtake/core/finance/obligation-summary'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { beforeAll, expect, test } from 'vitest'
import { formatProblem, tryPortfolio } from './portfolio-argument.ts'

const EXAMPLES = resolve(import.meta.dirname, '../../../examples')

let lab: Portfolio
beforeAll(async () => {
  lab = await load('frontier-lab')
})

test.each(readdirSync(EXAMPLES))('examples/%s loads without a problem', async (name) => {
  expect(await load(name)).toMatchObject({ currency: 'USD' })
})

test.each([
  'aws-2025',
  'aws-2026',
  'microsoft',
  'oracle',
  'coreweave-1',
  'coreweave-2',
  'coreweave-3',
  'cerebras',
])(
  'accelerators × price × hours of %s come to its committed sum but for what whole racks leave, and never above it',
  (id) => {
    const { commitment, lines, term } = agreement(id)
    const worth = lines.flatMap(({ price, tranches }) =>
      tranches.map((tranche) => toUnits(price.amount.value) * hoursOf(tranche, term.until.value)),
    )
    const committed = commitment ? toUnits(commitment.total.value) : Number.NaN
    expect(sum(worth) / committed).toBeGreaterThan(0.998)
    expect(sum(worth) / committed).toBeLessThanOrEqual(1)
  },
)

test('before anything is paid, what is owed under each agreement of the frontier lab is its sum, to the cent', () => {
  const { agreements, prices, currency } = lab
  const before = lab.horizon.start
  const obligations = summariseObligations({ agreements, prices, currency, asOf: before, slips: new Map() })
  if (!obligations.ok) throw new Error('the frontier lab can be priced')
  const owed = obligations.value.counted.byAgreement.map(({ agreementId, total }) => [
    agreementId,
    formatMoney(total),
  ])
  expect(Object.fromEntries(owed)).toEqual({
    oracle: '300000000000.00',
    microsoft: '250000000000.00',
    'aws-2025': '38000000000.00',
    'coreweave-1': '11900000000.00',
    'coreweave-3': '6500000000.00',
    'coreweave-2': '4000000000.00',
    // Half of the sum is owed.
    cerebras: '5000000000.00',
    // No sum is public.
    google: '0.00',
  })
})

test('AWS delivers to the frontier lab every quarter, and the last before the end of 2026', () => {
  const dates = agreement('aws-2025').lines.flatMap(({ tranches }) =>
    tranches.map(({ promised }) => promised.value),
  )
  expect(dates.map((date) => new Date(date).toISOString().slice(0, 10))).toEqual([
    '2025-11-03',
    '2026-01-01',
    '2026-04-01',
    '2026-07-01',
    '2026-10-01',
    '2026-12-31',
  ])
})

test.each(['oracle', 'nvidia', 'amd', 'aws-2026'])(
  'the power of %s gives each accelerator between 1.4 and 2.5 kilowatts',
  (id) => {
    const { powerMw, lines } = agreement(id)
    const accelerators = sum(lines.flatMap(({ tranches }) => tranches.map((one) => one.accelerators.value)))
    const kilowatts = ((powerMw?.value ?? 0) * 1000) / accelerators
    expect(kilowatts).toBeGreaterThan(1.4)
    expect(kilowatts).toBeLessThan(2.5)
  },
)

test('the frontier lab is played for the whole seven years of its first agreement', () => {
  const { signed, term } = agreement('aws-2025')
  expect([lab.window.start, lab.window.until]).toEqual([signed, term.until.value])
  expect(lab.window.until).toBe(addMonths(lab.window.start, 7 * 12))
})

test('until its last month the frontier lab asks for no more than what is delivered, and for three quarters of it', () => {
  const span = { start: lab.window.start, until: addMonths(lab.window.until, -1) }
  const { delivered } = addTimelines(capacityOf({ ...lab, slips: new Map() }))
  const { total } = forecastDemand(lab, span)
  expect(maximum(excess(total, within(delivered, span)))).toBe(0)
  expect(Number(integral(total, span)) / Number(integral(delivered, span))).toBeGreaterThan(0.75)
})

test('the public arithmetic that the frontier lab states about itself holds', () => {
  const committed = (id: string): number =>
    toUnits(agreement(id).commitment?.total.value ?? { micros: 0n, currency: '' })
  for (const { name, of, overYears = 1, against, expected, tolerance } of lab.expectations) {
    const whole = 'sum' in of ? toUnits(of.sum.value) : sum(of.agreements.map(committed))
    const value = whole / overYears / (against ? toUnits(against.value) : 1)
    expect(Math.abs(value / expected - 1), name).toBeLessThanOrEqual(tolerance / 1_000_000)
  }
})

async function load(name: string): Promise<Portfolio> {
  const dir = join(EXAMPLES, name)
  const result = await tryPortfolio(dir)
  if (result.ok) return result.value
  throw new Error(result.problems.map((problem) => formatProblem(dir, problem)).join('\n'))
}

function agreement(id: string): Agreement {
  const found = lab.agreements.find((one) => one.id === id)
  if (!found) throw new Error(`the frontier lab has an agreement ${id}`)
  return found
}

function hoursOf({ accelerators, promised }: Tranche, until: number): number {
  return accelerators.value * ((until - promised.value) / HOUR_MS)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
