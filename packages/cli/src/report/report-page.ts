import { createHash } from 'node:crypto'
import { DAY_MS } from '@offtake/core/base/instant'
import type { RunResult } from '@offtake/core/simulation/run-result'
import type { Summary } from '@offtake/core/simulation/summary'
import { amountText } from './amount-text.ts'
import { dateText } from './date-text.ts'
import { embedded, type Html, html, trusted } from './html.ts'
import { keyFigures } from './key-figures.ts'
import type { ReportAssets } from './report-assets.ts'
import { reportSections } from './report-sections.ts'
import { sectionMarkup } from './section-markup.ts'

/** The report as one page that needs nothing beside itself: it opens from disk, and its own policy forbids it the network. */
export function reportPage(result: RunResult, summary: Summary, { script, style }: ReportAssets): string {
  const sections = reportSections(result)
  const charts = Object.fromEntries(sections.flatMap(({ id, chart }) => (chart ? [[id, chart]] : [])))
  const { name } = result.portfolio
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policyFor(script)}">
<meta name="generator" content="Offtake">
<title>${name}: capacity, cost and obligations</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body>
<div class="page">
${headerMarkup(result, summary)}
<main>
${figuresMarkup(summary)}
${sections.map(sectionMarkup)}
</main>
</div>
<script type="application/json" id="charts">${embedded(charts)}</script>
<script>${trusted(script)}</script>
</body>
</html>
`
  return page.markup
}

/** Nothing may be fetched from anywhere, and no script may run but ours. */
function policyFor(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64')
  return `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`
}

function headerMarkup({ portfolio, slips, seed }: RunResult, summary: Summary): Html {
  const { name, horizon, window, asOf } = portfolio
  const settings: readonly (readonly [string, string])[] = [
    ['Horizon', `${dateText(horizon.start)} to ${dateText(horizon.until)}`],
    ['Window played', `${dateText(window.start)} to ${dateText(window.until)}`],
    ['As of', dateText(asOf)],
    ['Seed', String(seed)],
    ...[...slips].map(
      ([what, ms]) => ['What if', `${what} comes ${Math.round(ms / DAY_MS)} days later`] as const,
    ),
  ]
  return html`<header>
<p class="brand">Offtake · capacity, cost and obligations</p>
<h1>${name}</h1>
<p class="lede">${ledeOf(summary)}</p>
<dl class="setting">${settings.map(([title, value]) => html`<div><dt>${title}</dt><dd>${value}</dd></div>`)}</dl>
</header>`
}

function ledeOf({ obligations, currency, assumedShare, agreements, capacity }: Summary): string {
  const sum = (value: number): string => amountText(value, { kind: 'money', currency })
  if (agreements.length === 0) return 'No agreement is signed.'
  const signed = `${agreements.length === 1 ? 'One agreement' : `${agreements.length} agreements`}, up to ${amountText(capacity.peakAccelerators, { kind: 'accelerators' })}.`
  if (obligations.total === 0) return `${signed} Nothing must be paid whether it is used or not.`
  const due = obligations.under1y === obligations.total ? 'all' : sum(obligations.under1y)
  const assumed = assumedShare === 1 ? 'all' : amountText(assumedShare, { kind: 'share' })
  return `${signed} ${sum(obligations.total)} must be paid whether they are used or not, ${due} of it within a year; ${assumed} of that sum rests on assumed amounts.`
}

function figuresMarkup(summary: Summary): Html {
  return html`<dl class="figures">${keyFigures(summary).map(
    ({ name, value, note }, n) =>
      html`<div${n === 0 ? trusted(' class="first"') : ''}><dt>${name}</dt><dd class="value">${value}</dd><dd class="note">${note}</dd></div>
`,
  )}</dl>`
}
