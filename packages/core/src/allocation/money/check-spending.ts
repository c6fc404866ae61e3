import type { Spending } from '../../demand/spending.ts'

/** Whether a gang says nothing of money that cannot be. */
export function isGoodSpending(spending: Spending | undefined): boolean {
  if (!spending) return true
  const { maxMicrosPerHour, mayWaitMs, data } = spending
  return isCount(maxMicrosPerHour) && isCount(mayWaitMs) && isCount(data?.gb)
}

function isCount(value: number | undefined): boolean {
  return value === undefined || (Number.isSafeInteger(value) && value >= 0)
}
