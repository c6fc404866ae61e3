import type { QuantileTable, WorkloadProfile } from '@offtake/core/demand/workload'
import { z } from 'zod'
import { accelerators } from './accelerators.ts'
import { identifier, words } from './identifier.ts'
import { quantity } from './number.ts'
import type { Reading } from './reading.ts'

const MOST_MISSING = 0.001

/** Shares of jobs by size. Written in decimals they may miss one by their rounding, which is spread over all. */
const sizes = z
  .array(z.strictObject({ accelerators, share: quantity({ to: 1 }) }))
  .min(1)
  .transform((entries, context) => {
    const sum = entries.reduce((total, { share }) => total + share, 0)
    if (Math.abs(sum - 1) > MOST_MISSING) complain(context, entries, `shares add up to ${sum}, not to 1`)
    if (entries.some((entry) => entry.accelerators === 0))
      complain(context, entries, 'a job has at least one accelerator')
    return entries.map((entry) => ({ ...entry, share: entry.share / sum }))
  })

const belowOne = quantity({ to: 0.999 })

/** Ascending probabilities from 0 to 1 with the value at each. */
const quantileTable: z.ZodType<QuantileTable> = z
  .strictObject({ at: z.array(quantity({ to: 1 })).min(2), values: z.array(quantity()).min(2) })
  .check((context) => {
    const trouble = troubleWithTable(context.value)
    if (trouble !== undefined) complain(context, context.value, trouble)
  })

/** Distributions measured from a trace of one's own. */
export function profile(reading: Reading): z.ZodType<WorkloadProfile> {
  return z.strictObject({
    id: identifier,
    source: words.default(() => reading.file),
    sizes,
    durations: ascending(
      z.strictObject({ upToAccelerators: accelerators, seconds: quantileTable }),
      ({ upToAccelerators }) => upToAccelerators,
    ),
    gaps: ascending(
      z.strictObject({ upToRate: quantity(), gaps: quantileTable }),
      ({ upToRate }) => upToRate,
    ),
    hourOfDay: cycle(24),
    dayOfWeek: cycle(7),
    bursts: z.strictObject({ rates: quantileTable, persistence: belowOne }).exactOptional(),
    likeness: z.strictObject({ sizes: belowOne, durations: belowOne }).exactOptional(),
  })
}

/** At least one table, each for what is larger than the one before. */
function ascending<Table>(table: z.ZodType<Table>, upTo: (table: Table) => number) {
  return z
    .array(table)
    .min(1)
    .check((context) => {
      const marks = context.value.map(upTo)
      if (marks.every((mark, at) => at === 0 || mark > (marks[at - 1] ?? mark))) return
      complain(context, context.value, 'tables stand in ascending order')
    })
}

function troubleWithTable({ at, values }: QuantileTable): string | undefined {
  if (at.length !== values.length) return `${at.length} probabilities, but ${values.length} values`
  if (at[0] !== 0 || at.at(-1) !== 1) return 'probabilities begin with 0 and end with 1'
  if (!isAscending(at)) return 'probabilities ascend'
  if (!isAscending(values)) return 'values ascend with their probabilities'
  return undefined
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((number, at) => at === 0 || number >= (numbers[at - 1] ?? number))
}

/** Relative rates; they need not average one, since they are brought to it. */
function cycle(length: number) {
  return z
    .array(quantity({ to: 1_000_000 }))
    .length(length)
    .transform((rates, context) => {
      const sum = rates.reduce((total, rate) => total + rate, 0)
      if (sum === 0) complain(context, rates, 'at least one rate is above 0')
      return rates.map((rate) => (rate * length) / sum)
    })
}

function complain(context: { issues: z.core.$ZodRawIssue[] }, input: unknown, message: string): void {
  context.issues.push({ code: 'custom', input, params: { code: 'badProfile' }, message })
}
