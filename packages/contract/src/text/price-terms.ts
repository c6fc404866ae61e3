import type { Agreement, Line, Price } from '@offtake/core/agreements/agreement'
import { type PriceBook, pricePerAcceleratorHour } from '@offtake/core/agreements/price'
import { currentTerm, statedTerm } from '@offtake/core/agreements/term'
import { formatDate, type Instant } from '@offtake/core/base/instant'
import { includes } from '@offtake/core/base/span'
import { formatCount } from './format-number.ts'
import { priceText } from './money-text.ts'
import { intervalName, optional, percent, type TermRow } from './term-row.ts'

/** When, and by which series, a price is looked at that changes. */
export interface PriceDay {
  readonly at: Instant
  readonly prices: PriceBook
}

export function priceRows(price: Price): TermRow[] {
  const { amount, escalator, index } = price
  const rows: TermRow[] = [
    { label: 'price', value: `${priceText(amount.value)} ${unitOf(price)}`, provenance: amount.provenance },
  ]
  if (price.kind === 'perMwMonth')
    rows.push({
      label: '  for',
      value: `${formatCount(price.megawatts.value)} MW`,
      provenance: price.megawatts.provenance,
    })
  if (escalator)
    rows.push({
      label: '  changes',
      value: `${percent(escalator.perYear.value)} a year`,
      provenance: escalator.perYear.provenance,
    })
  if (index) {
    rows.push({ label: '  follows', value: `the index ${index.name}` })
    rows.push(
      ...optional(index.floor, ({ value, provenance }) => ({
        label: '  at least',
        value: priceText(value),
        provenance,
      })),
    )
    rows.push(
      ...optional(index.cap, ({ value, provenance }) => ({
        label: '  at most',
        value: priceText(value),
        provenance,
      })),
    )
  }
  return rows
}

/** What an accelerator-hour costs at a date, where that is more than the price itself says. */
export function currentPriceRows(
  { price, tranches }: Line,
  agreement: Agreement,
  { at, prices }: PriceDay,
): TermRow[] {
  const isPlain = price.kind === 'perAcceleratorHour' && !price.escalator && !price.index
  const lineAccelerators = tranches.reduce((sum, { accelerators }) => sum + accelerators.value, 0)
  if (isPlain || lineAccelerators === 0 || !includes(currentTerm(agreement), at)) return []
  const term = statedTerm(agreement)
  const found = pricePerAcceleratorHour(price, at, { term, lineAccelerators, prices })
  const label = `  at ${formatDate(at)}`
  return [{ label, value: found.ok ? `${priceText(found.value)} per accelerator-hour` : 'not known' }]
}

function unitOf(price: Price): string {
  switch (price.kind) {
    case 'perAcceleratorHour':
      return 'per accelerator-hour'
    case 'perMwMonth':
      return 'per MW-month'
    case 'fixed':
      return price.every === 'fullTerm' ? 'for the full term' : `every ${intervalName(price.every)}`
  }
}
