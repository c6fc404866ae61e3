import { type Html, html } from './html.ts'
import type { DataTable } from './section.ts'

const SHORT = 24

/** A table that scrolls by itself where it is wider than the page. */
export function tableMarkup({ columns, rows }: DataTable): Html {
  const kind = (column: number): string => (columns[column]?.isNumeric ? 'number' : 'words')
  return html`<div class="scroll" tabindex="0"><table>
<thead><tr>${columns.map(({ title }, n) => html`<th scope="col" class="${kind(n)}">${title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) => html`<tr>${row.map((cell, n) => html`<td class="${kind(n)}${lengthOf(cell)}">${cell}</td>`)}</tr>
`,
  )}</tbody></table></div>`
}

/** A short cell stays on one line: a date or a name is not broken at its hyphens. A long one gets room. */
function lengthOf(cell: string | Html): string {
  if (typeof cell !== 'string') return ''
  return cell.length <= SHORT ? ' short' : ' long'
}
