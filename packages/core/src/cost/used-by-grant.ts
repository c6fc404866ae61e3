import { type AcceleratorMs, addTime } from '../base/quantity.ts'
import type { Span } from '../base/span.ts'
import type { Served } from '../usage/merit-order.ts'
import { isWithin } from './charge-context.ts'

/** How long the accelerators of each grant were used within a span, as the charges rest on it; no stretch crosses its edges. */
export function usedByGrant(served: readonly Served[], span: Span): Map<string, AcceleratorMs> {
  const used = new Map<string, AcceleratorMs>()
  for (const part of served) {
    if (!isWithin(part, span)) continue
    const { id } = part.supply.grant
    used.set(id, addTime(used.get(id) ?? (0n as AcceleratorMs), part.used))
  }
  return used
}
