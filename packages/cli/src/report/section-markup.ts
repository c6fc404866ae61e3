import type { Chart, Series } from './chart.ts'
import { type Html, html } from './html.ts'
import type { Section } from './section.ts'
import { tableMarkup } from './table-markup.ts'

export function sectionMarkup({ id, topic, heading, text, chart, tables = [], body }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-heading">
<div>
<p class="topic">${topic}</p>
<h2 id="${id}-heading">${heading}</h2>
${text === undefined ? '' : html`<p class="text">${text}</p>`}
</div>
<div class="shown">
${chart ? figureMarkup(id, heading, chart) : ''}
${body}
${tables.map((table) => html`<details><summary>${table.title}</summary>${tableMarkup(table)}</details>`)}
</div>
</section>
`
}

function figureMarkup(id: string, heading: string, chart: Chart): Html {
  return html`<figure>
${legendMarkup(chart)}
<div class="chart" data-chart="${id}" role="img" aria-label="${heading}. The same in numbers stands below."></div>
</figure>`
}

/** Shows which colour is whose; a chart of one series needs no legend. */
function legendMarkup(chart: Chart): Html | undefined {
  const filled = chart.kind === 'steps' ? chart.areas : chart.bars
  const lines = chart.kind === 'steps' ? chart.lines : chart.line ? [chart.line] : []
  const marked = chart.kind === 'steps' ? chart.marked : undefined
  if (filled.length + lines.length < 2) return undefined
  return html`<ul class="legend">${[
    ...filled.map(({ name, colour }) =>
      entry(name, html`<span class="swatch" style="background:var(--${colour})"></span>`),
    ),
    ...lines.map(({ name, colour, dashed }) =>
      entry(
        name,
        html`<span class="swatch line${dashed ? ' dashed' : ''}" style="color:var(--${colour})"></span>`,
      ),
    ),
    marked ? entry(marked.name, html`<span class="swatch" style="background:var(--band)"></span>`) : '',
  ]}</ul>`
}

function entry(name: Series['name'], swatch: Html): Html {
  return html`<li>${swatch}<span class="name" title="${name}">${name}</span></li>`
}
