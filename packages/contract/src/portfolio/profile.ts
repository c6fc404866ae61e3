import type { QuantileTable, WorkloadProfile } from '@offtake/core/demand/workload'
import { z } from 'zod'
import { accelerators } from './accelerators.ts'
import { identifier, words } from './identifier.ts'
import { quantity } from './number.ts'
import type { Reading } from './reading.ts'

/** Distributions measured from a trace of one's own. */
export function profile(reading: Reading): z.ZodType<WorkloadProfile> {
  return z.strictObject({
    id: identifier(),
    source: words().default(reading.file),
    sizes: z.array(z.strictObject({ accelerators: accelerators(), share: quantity({ to: 1 }) })).min(1),
    durations: z.array(z.strictObject({ upToAccelerators: accelerators(), seconds: quantileTable() })).min(1),
    gaps: z.array(z.strictObject({ upToRate: quantity(), gaps: quantileTable() })).min(1),
    hourOfDay: cycle(24),
    dayOfWeek: cycle(7),
    bursts: z.strictObject({ rates: quantileTable(), persistence: quantity({ to: 0.99 }) }).exactOptional(),
    likeness: z
      .strictObject({ sizes: quantity({ to: 0.99 }), durations: quantity({ to: 0.99 }) })
      .exactOptional(),
  })
}

/** Ascending probabilities from 0 to 1 with the value at each. */
function quantileTable(): z.ZodType<QuantileTable> {
  return z
    .strictObject({ at: z.array(quantity({ to: 1 })).min(2), values: z.array(quantity()).min(2) })
    .check((context) => {
      const trouble = troubleWithTable(context.value)
      if (trouble === undefined) return
      context.issues.push({
        code: 'custom',
        input: context.value,
        params: { code: 'badProfile' },
        message: trouble,
      })
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
    .check((context) => {
      if (context.value.some((rate) => rate > 0)) return
      context.issues.push({
        code: 'custom',
        input: context.value,
        params: { code: 'badProfile' },
        message: 'at least one rate is above 0',
      })
    })
    .transform((rates) => {
      const sum = rates.reduce((total, rate) => total + rate, 0)
      return rates.map((rate) => (rate * length) / sum)
    })
}
