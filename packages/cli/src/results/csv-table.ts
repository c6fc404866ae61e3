import { formatInstant, HOUR_MS, type Instant } from '@offtake/core/base/instant'
import { formatMoney, type Money } from '@offtake/core/base/money'
import type { AcceleratorMs, Share } from '@offtake/core/base/quantity'
import { WHOLE } from '@offtake/core/base/quantity'
import { stringify } from 'csv-stringify/sync'

/** A table of the results folder. */
export interface CsvTable {
  readonly columns: readonly string[]
  readonly rows: readonly CsvRow[]
}

type CsvRow = readonly (string | number | boolean | undefined)[]

/** The table as text: a header, lines that end with a line feed, nothing where a value is absent. */
export function csvText({ columns, rows }: CsvTable): string {
  return stringify([columns, ...rows.map((row) => row.map(cellText))])
}

function cellText(value: CsvRow[number]): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : String(value)
}

/** Text that people wrote. A spreadsheet would take one that begins so for a formula, and compute it. */
export function plainText(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

/** The exact decimal, without its currency. */
export function moneyCell(sum: Money | undefined): string | undefined {
  return sum && formatMoney(sum)
}

export function dateCell(at: Instant | undefined): string | undefined {
  return at === undefined ? undefined : formatInstant(at)
}

export function shareCell(share: Share | undefined): number | undefined {
  return share === undefined ? undefined : share / WHOLE
}

const HOUR = BigInt(HOUR_MS)
const MICRO = 1_000_000n

/** Accelerator-hours, rounded half up to six decimals: to 3.6 accelerator-milliseconds. */
export function hoursCell(time: AcceleratorMs): string {
  const micros = (time * MICRO * 2n + HOUR) / (HOUR * 2n)
  return `${micros / MICRO}.${(micros % MICRO).toString().padStart(6, '0')}`
}
