import { formatCount } from '@offtake/contract/text/format-number'
import { parseInstant } from '@offtake/core/base/instant'
import type { Summary } from '@offtake/core/simulation/summary'
import { amountText } from './amount-text.ts'
import type { Unit } from './chart.ts'
import { dateText } from './date-text.ts'

/** One of the few numbers that matter. */
export interface KeyFigure {
  readonly name: string
  readonly value: string
  readonly note: string
}

export function keyFigures(summary: Summary): KeyFigure[] {
  const { obligations, cost, currency, allocation, usage } = summary
  const unit: Unit = { kind: 'money', currency }
  const sum = (value: number): string => amountText(value, unit)
  return [
    {
      name: 'Owed in total',
      value: sum(obligations.total),
      note: `whatever happens, from ${isoText(obligations.asOf)} on`,
    },
    {
      name: 'Due within a year',
      value: sum(obligations.under1y),
      note: partText(obligations.under1y, obligations.total),
    },
    peakFigure(summary),
    {
      name: 'True-up risk',
      value: sum(cost.trueUp),
      note: `would be paid where use does not meet a commitment; ${sum(cost.charged)} are charged in all`,
    },
    {
      name: 'Utilisation',
      value: shareText(allocation.utilisation),
      note: `of the accelerators in service within the window; ${formatCount(usage.usedHours)} hours used`,
    },
    waitFigure(summary),
    {
      name: 'Paid for idle time',
      value: sum(cost.idle),
      note: 'for accelerator time that is owed and that nobody uses',
    },
    {
      name: 'Rests on assumptions',
      value: shareText(summary.assumedShare),
      note: `of what is owed, in its amount; ${shareText(summary.assumedShareWithDates)} in its amount or date`,
    },
  ]
}

function peakFigure({ capacity: { peakAccelerators, peakAt } }: Summary): KeyFigure {
  return {
    name: 'Peak accelerators',
    value: formatCount(peakAccelerators),
    note: peakAt ? `delivered, from ${isoText(peakAt)} on` : 'none are delivered',
  }
}

function waitFigure({ allocation: { waitHours, started } }: Summary): KeyFigure {
  const hours = (value: number): string => amountText(value, { kind: 'hours' })
  const late =
    waitHours.p99 === 0 ? 'and so do 99 in a hundred' : `one in a hundred waits over ${hours(waitHours.p99)}`
  return {
    name: 'Wait for a start',
    value: hours(waitHours.mean),
    note: `on average over ${formatCount(started)} pieces of work; ${waitHours.p50 === 0 ? 'half start at once' : `half start within ${hours(waitHours.p50)}`}, ${late}`,
  }
}

function partText(part: number, whole: number): string {
  return whole > 0 ? `${shareText(part / whole)} of what is owed` : 'nothing is owed'
}

function shareText(share: number): string {
  return amountText(share, { kind: 'share' })
}

function isoText(text: string): string {
  const at = parseInstant(text)
  return at === undefined ? text : dateText(at)
}
