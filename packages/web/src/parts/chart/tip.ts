import { momentText, utcText } from '../moment.tsx'
import classes from './chart.module.css'

interface Hovered {
  readonly seriesName?: string
  readonly color?: string
  readonly value?: unknown
}

/** What is said of a moment of a chart: elements, since a text with styles in it would be held back by the policy of the page. */
export function tipOf(text: (value: number) => string): (hovered: unknown) => HTMLElement {
  return (hovered) => {
    const rows = (Array.isArray(hovered) ? hovered : [hovered]) as readonly Hovered[]
    const tip = element('div', classes.tip)
    const [at] = valuesOf(rows[0])
    if (at !== undefined) {
      const iso = new Date(at).toISOString()
      const title = element('div', classes.tipTitle, momentText(iso))
      title.title = utcText(iso)
      tip.append(title)
    }
    for (const row of rows) {
      const [, value] = valuesOf(row)
      if (value === undefined || !row.seriesName || row.seriesName.startsWith('series')) continue
      const line = element('div', classes.tipRow)
      const swatch = element('span', classes.swatch)
      swatch.style.background = row.color ?? ''
      line.append(
        swatch,
        element('span', undefined, row.seriesName ?? ''),
        element('span', undefined, text(value)),
      )
      tip.append(line)
    }
    return tip
  }
}

function valuesOf(hovered: Hovered | undefined): readonly number[] {
  return Array.isArray(hovered?.value) ? (hovered.value as number[]) : []
}

function element(tag: string, className?: string, text?: string): HTMLElement {
  const made = document.createElement(tag)
  if (className !== undefined) made.className = className
  if (text !== undefined) made.textContent = text
  return made
}

/** What is said of a bar that stands for a whole month: its parts, the largest first, and their sum. */
export function sumTip(text: (value: number) => string): (hovered: unknown) => HTMLElement {
  return (hovered) => {
    const rows = (hovered as readonly (Hovered & { readonly name?: string })[])
      .filter(({ value }) => typeof value === 'number' && value !== 0)
      .toSorted((a, b) => Number(b.value) - Number(a.value))
    const tip = element('div', classes.tip)
    tip.append(element('div', classes.tipTitle, rows[0]?.name ?? ''))
    for (const row of rows) tip.append(lineOf(row, text(Number(row.value))))
    const sum = rows.reduce((all, { value }) => all + Number(value), 0)
    if (rows.length > 1) tip.append(lineOf({ seriesName: 'together' }, text(sum)))
    return tip
  }
}

function lineOf({ seriesName = '', color = '' }: Hovered, text: string): HTMLElement {
  const line = element('div', classes.tipRow)
  const swatch = element('span', classes.swatch)
  swatch.style.background = color
  line.append(swatch, element('span', undefined, seriesName), element('span', undefined, text))
  return line
}
