import { formatCount } from '@offtake/contract/text/format-number'
import { sumColumn } from '@offtake/contract/text/money-text'
import type { Agreement } from '@offtake/core/agreements/agreement'
import { stateAt } from '@offtake/core/agreements/lifecycle'
import { isOpen } from '@offtake/core/agreements/quote'
import { type Standing, standingsOf } from '@offtake/core/agreements/standing'
import { type Figure, isAssumed } from '@offtake/core/base/figure'
import { formatDate, formatInstant, formatMonth, type Instant } from '@offtake/core/base/instant'
import { formatMoney } from '@offtake/core/base/money'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { createOutput, type Output } from '../output.ts'
import { loadPortfolio } from '../portfolio-argument.ts'
import { marked } from '../text/figure-text.ts'
import { instrumentText } from '../text/instrument-text.ts'
import { standingText } from '../text/standing-text.ts'
import { fitted, outputWidth } from '../text/text-width.ts'

interface Options {
  readonly json?: boolean
}

export function registerAgreementsList(agreements: Command, finish: Finish): void {
  agreements
    .command('list')
    .description('one line for each agreement: what it is, how long, how much, and how it counts')
    .argument('<dir>', 'the folder of the portfolio')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake agreements list examples/frontier-lab')
    .action(async (dir: string, options: Options) => {
      const output = createOutput(options.json === true)
      const portfolio = await loadPortfolio(dir, output)
      if (!portfolio) return finish(EXIT.badInput)
      const rows = rowsOf(portfolio)
      if (output.json) output.document(listDocument(rows, portfolio))
      else printList(rows, portfolio, output)
      finish(EXIT.done)
    })
}

interface Row {
  readonly agreement: Agreement
  readonly standing: Standing
  readonly state: string
  readonly accelerators: number
  readonly isCountAssumed: boolean
}

function rowsOf({ agreements, asOf }: Portfolio): Row[] {
  const standings = standingsOf(agreements)
  return agreements.map((agreement) => {
    const counts = agreement.lines.flatMap(({ tranches }) => tranches.map(({ accelerators }) => accelerators))
    return {
      agreement,
      standing: standings.get(agreement.id) ?? { kind: 'draft' },
      state: stateAt(agreement, asOf),
      accelerators: counts.reduce((sum, { value }) => sum + value, 0),
      isCountAssumed: counts.some(isAssumed),
    }
  })
}

function printList(rows: readonly Row[], { asOf, currency, quotes }: Portfolio, output: Output): void {
  const sums = rows.flatMap(({ agreement: { commitment } }) => (commitment ? [commitment.total.value] : []))
  const column = sumColumn(sums, currency)
  const head = ['agreement', 'kind', 'term', column.unit, 'accelerators', 'state', 'counts as']
  const body = rows.map(({ agreement, standing, state, accelerators, isCountAssumed }) => [
    agreement.id,
    instrumentText(agreement),
    termText(agreement.term),
    agreement.commitment ? marked(agreement.commitment.total, column.text) : '–',
    accelerators === 0 ? '–' : `${isCountAssumed ? '~' : ''}${formatCount(accelerators)}`,
    state,
    countsText(agreement, standing),
  ])
  const table = fitted({ head, rows: body, dispensable: ['state', 'kind'] }, outputWidth())
  output.table(table.head, table.rows)
  const open = quotes.filter((quote) => isOpen(quote, asOf)).map(({ agreement }) => agreement.id)
  if (quotes.length > 0)
    output.note(
      `${open.length} of ${quotes.length} quotes open: ${open.length > 0 ? open.join(', ') : 'none'}.`,
    )
  output.note(`State at ${formatDate(asOf)}; ~ rests on an assumed figure; – not known or none.`)
}

function countsText({ layer }: Agreement, standing: Standing): string {
  return layer === 'cloud' ? standingText(standing) : `${standingText(standing)} (${layer})`
}

function termText({ start, until }: Agreement['term']): string {
  return `${marked(start, formatMonth)}–${marked(until, formatMonth)}`
}

function listDocument(rows: readonly Row[], { asOf, quotes }: Portfolio) {
  return {
    asOf: formatDate(asOf),
    agreements: rows.map(documentOf),
    quotes: quotes.map((quote) => ({
      id: quote.agreement.id,
      title: quote.agreement.title,
      provider: quote.agreement.provider,
      validUntil: formatInstant(quote.validUntil),
      open: isOpen(quote, asOf),
    })),
  }
}

function documentOf({ agreement, standing, state, accelerators, isCountAssumed }: Row) {
  const { id, title, provider, instrument, layer, binding, term, commitment } = agreement
  return {
    id,
    title,
    provider,
    instrument,
    layer,
    binding,
    state,
    standing,
    term: { start: dateFigure(term.start), until: dateFigure(term.until) },
    committed: commitment
      ? {
          amount: formatMoney(commitment.total.value),
          currency: commitment.total.value.currency,
          provenance: commitment.total.provenance,
        }
      : null,
    accelerators,
    acceleratorsAssumed: isCountAssumed,
  }
}

function dateFigure({ value, provenance }: Figure<Instant>) {
  return { value: formatDate(value), provenance }
}
