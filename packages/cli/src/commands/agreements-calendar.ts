import { calendarText } from '@offtake/contract/text/calendar-text'
import { formatCount } from '@offtake/contract/text/format-number'
import { type CalendarEntry, calendarOf } from '@offtake/core/agreements/calendar'
import type { Slips } from '@offtake/core/agreements/resolve'
import { formatDate, type Instant } from '@offtake/core/base/instant'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { dateOption } from '../options/date-option.ts'
import { areSlipsUsed, slipOption } from '../options/slip-option.ts'
import { createOutput, type Output } from '../output.ts'
import { plain } from '../plain.ts'
import { loadPortfolio } from '../portfolio-argument.ts'
import { fitted, outputWidth } from '../text/text-width.ts'

interface Options {
  readonly from?: Instant
  readonly until?: Instant
  readonly slip: Slips
  readonly json?: boolean
}

export function registerAgreementsCalendar(agreements: Command, finish: Finish): void {
  agreements
    .command('calendar')
    .description(
      'what is due when: deliveries, notices, options, renewals, payments, rights that begin and end, quotes that lapse',
    )
    .argument('<dir>', 'the folder of the portfolio')
    .addOption(
      dateOption('--from <date>', 'from when on; from the date of the portfolio’s obligations if not said'),
    )
    .addOption(dateOption('--until <date>', 'until when; to the end of everything if not said'))
    .addOption(slipOption())
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  offtake agreements calendar examples/frontier-lab --from 2026-01-01 --until 2027-01-01',
    )
    .action(async (dir: string, options: Options) => {
      const output = createOutput(options.json === true)
      const portfolio = await loadPortfolio(dir, output)
      if (!portfolio || !areSlipsUsed(portfolio.agreements, options.slip, output))
        return finish(EXIT.badInput)
      const { from = portfolio.asOf, until, slip } = options
      if (until !== undefined && until <= from) {
        output.problem(`--until ${formatDate(until)} is not after ${formatDate(from)}`)
        return finish(EXIT.badInput)
      }
      const { entries, overdue } = entriesOf(portfolio, slip, { from, until })
      if (output.json)
        output.document(plain({ from, ...(until === undefined ? {} : { until }), overdue, entries }))
      else printCalendar(entries, overdue, portfolio, output)
      finish(EXIT.done)
    })
}

interface Calendar {
  readonly entries: readonly CalendarEntry[]
  /** Promised before the portfolio's date and before the first entry, not delivered, and nobody says when. */
  readonly overdue: readonly CalendarEntry[]
}

function entriesOf(
  { agreements, quotes, asOf }: Portfolio,
  slips: Slips,
  { from, until }: { readonly from: Instant; readonly until: Instant | undefined },
): Calendar {
  const signed = agreements.filter(({ status }) => status === 'signed')
  const all = calendarOf(signed, quotes, slips)
  const expected = new Set(all.filter(({ kind }) => kind === 'deliveryExpected').map(trancheKey))
  return {
    entries: all.filter(({ at }) => from <= at && (until === undefined || at < until)),
    overdue: all.filter(
      (entry) =>
        entry.kind === 'deliveryPromised' &&
        !entry.isDelivered &&
        entry.at < asOf &&
        entry.at < from &&
        !expected.has(trancheKey(entry)),
    ),
  }
}

function trancheKey(entry: CalendarEntry): string {
  return 'trancheId' in entry ? `${entry.agreementId}/${entry.lineId}/${entry.trancheId}` : ''
}

function printCalendar(
  entries: readonly CalendarEntry[],
  overdue: readonly CalendarEntry[],
  { asOf }: Portfolio,
  output: Output,
): void {
  const head = ['date', 'agreement', 'what is due']
  const rows = entries.map((entry) => [formatDate(entry.at), entry.agreementId, calendarText(entry)])
  const table = fitted({ head, rows }, outputWidth())
  if (rows.length > 0) output.table(table.head, table.rows)
  else output.print('Nothing is due in this time.')
  const [earliest] = overdue
  if (earliest)
    output.note(
      `No delivery and no new date on record for ${formatCount(overdue.length)} promised before ${formatDate(asOf)}, the earliest for ${formatDate(earliest.at)}: --from ${formatDate(earliest.at)} shows them.`,
    )
}
