import { suggestion } from '@offtake/contract/portfolio/nearest'
import { type TermSection, termsOf } from '@offtake/contract/text/agreement-terms'
import type { TermRow } from '@offtake/contract/text/term-row'
import type { Agreement } from '@offtake/core/agreements/agreement'
import { stateAt } from '@offtake/core/agreements/lifecycle'
import { resaleSpan } from '@offtake/core/agreements/resale-span'
import { standingsOf } from '@offtake/core/agreements/standing'
import { terminationRight } from '@offtake/core/agreements/termination-right'
import { formatDate } from '@offtake/core/base/instant'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import type { Command } from 'commander'
import pc from 'picocolors'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { createOutput, type Output } from '../output.ts'
import { plain } from '../plain.ts'
import { loadPortfolio } from '../portfolio-argument.ts'
import { provenanceText } from '../text/figure-text.ts'
import { instrumentText } from '../text/instrument-text.ts'
import { standingText } from '../text/standing-text.ts'
import { outputWidth, wrapped } from '../text/text-width.ts'

interface Options {
  readonly json?: boolean
}

export function registerAgreementsShow(agreements: Command, finish: Finish): void {
  agreements
    .command('show')
    .description('the terms of one agreement or quote, each with where it comes from')
    .argument('<dir>', 'the folder of the portfolio')
    .argument('<id>', 'the id of the agreement, or of a quote')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake agreements show examples/frontier-lab aws-2025')
    .action(async (dir: string, id: string, options: Options) => {
      const output = createOutput(options.json === true)
      const portfolio = await loadPortfolio(dir, output)
      if (!portfolio) return finish(EXIT.badInput)
      const all = [...portfolio.agreements, ...portfolio.quotes.map((quote) => quote.agreement)]
      const agreement = all.find((one) => one.id === id)
      if (!agreement) {
        const known = all.map((one) => one.id)
        output.problem(`there is no agreement or quote '${id}' in ${dir}${suggestion(id, known)}`)
        return finish(EXIT.badInput)
      }
      if (output.json) output.document(documentOf(agreement, portfolio))
      else printAgreement(agreement, portfolio, output)
      finish(EXIT.done)
    })
}

function documentOf(agreement: Agreement, { agreements, asOf }: Portfolio) {
  const standing = standingsOf(agreements).get(agreement.id) ?? { kind: 'draft' }
  const rights = { rightToEnd: terminationRight(agreement), resaleSpan: resaleSpan(agreement) }
  const said = plain({ ...agreement, ...rights }) as object
  return { ...said, state: stateAt(agreement, asOf), standing }
}

function printAgreement(agreement: Agreement, { agreements, asOf, prices }: Portfolio, output: Output): void {
  const { id, title, buyer, provider, layer, binding } = agreement
  const standing = standingsOf(agreements).get(id) ?? { kind: 'draft' }
  output.print(`${pc.bold(id)}  ${title}`)
  output.print(
    `${buyer} and ${provider}: ${instrumentText(agreement)}, ${layer}, ${binding ? 'binding' : 'not binding'}`,
  )
  output.print(`${stateAt(agreement, asOf)} at ${formatDate(asOf)}; in sums: ${standingText(standing)}`)
  const sections = termsOf(agreement, { at: asOf, prices })
  const layout = layoutOf(sections, outputWidth())
  const known = new Set<string>()
  for (const section of sections) output.print(`\n${sectionText(section, layout, known)}`)
}

interface Layout {
  readonly label: number
  readonly value: number
  readonly provenance: number
  readonly whole: number
}

const GAP = 2
const LABELS = { narrowest: 14, widest: 26 } as const

function layoutOf(sections: readonly TermSection[], width: number): Layout {
  const longest = Math.max(...sections.flatMap(({ rows }) => rows.map(({ label }) => label.length)))
  const label = Math.min(LABELS.widest, Math.max(LABELS.narrowest, longest))
  const room = width - label - 2 * GAP
  const value = Math.min(34, Math.floor(room / 2))
  return { label, value, provenance: room - value, whole: room + GAP }
}

/** Label, value and provenance side by side; a long value or provenance goes on below itself. */
function sectionText({ title, rows }: TermSection, layout: Layout, known: Set<string>): string {
  const lines = rows.flatMap((row) => {
    const source = sourceText(row, known)
    const value = wrapped(row.value, source === '' ? layout.whole : layout.value)
    const provenance = wrapped(source, layout.provenance)
    return Array.from({ length: Math.max(value.length, provenance.length) }, (_, i) => {
      const label = (i === 0 ? row.label : '').padEnd(layout.label)
      return `${label}  ${(value[i] ?? '').padEnd(layout.value)}  ${dimmed(provenance[i])}`.trimEnd()
    })
  })
  return [pc.bold(title), ...lines].join('\n')
}

/** Where a term comes from; what was said in full before is only named again. */
function sourceText({ provenance }: TermRow, known: Set<string>): string {
  if (!provenance) return ''
  const text = provenanceText(provenance)
  if (known.has(text) && text.length > SHORT) return `${provenance.kind}: as above`
  known.add(text)
  return text
}

const SHORT = 24

function dimmed(text: string | undefined): string {
  return text ? pc.dim(text) : ''
}
