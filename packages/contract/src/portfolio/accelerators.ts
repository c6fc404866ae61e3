import { z } from 'zod'

const MOST = 1_000_000_000

/** A number of accelerators: whole, and not negative. */
export const accelerators = z
  .number({ error: 'must be a number of accelerators' })
  .meta({ description: 'a number of accelerators', minimum: 0, maximum: MOST, multipleOf: 1 })
  .check((context) => {
    const trouble = troubleWith(context.value)
    if (trouble === undefined) return
    context.issues.push({
      code: 'custom',
      input: context.value,
      params: { code: 'badAccelerators' },
      message: `${context.value} accelerators: ${trouble}`,
    })
  })

function troubleWith(value: number): string | undefined {
  if (value < 0) return 'a number of accelerators is not negative'
  if (!Number.isInteger(value)) return 'a number of accelerators is whole'
  if (value > MOST) return 'more than there are in the world'
  return undefined
}
