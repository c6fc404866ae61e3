import { amountText } from '../amount-text.ts'
import type { Unit } from '../chart.ts'
import type { Theme } from './theme.ts'

/** One line of a tooltip. */
export interface TooltipRow {
  readonly name: string
  readonly colour: string
  readonly value: number | null
}

/** A tooltip made of elements, not of markup: names from a portfolio stay text. */
export function tooltipElement(title: string, rows: readonly TooltipRow[], unit: Unit): HTMLElement {
  const tip = element('div', 'tip')
  tip.append(element('p', 'tip-title', title))
  for (const { name, colour, value } of rows) {
    if (value === null || value === 0) continue
    const row = element('p', 'tip-row')
    const swatch = element('span', 'swatch')
    swatch.style.background = colour
    row.append(
      swatch,
      element('span', 'tip-name', name),
      element('span', 'tip-value', amountText(value, unit)),
    )
    tip.append(row)
  }
  return tip
}

export function tooltipFrame(theme: Theme) {
  return {
    trigger: 'axis' as const,
    confine: true,
    backgroundColor: theme.paper,
    borderColor: theme.hairline,
    borderWidth: 1,
    padding: 12,
    textStyle: { color: theme.text, fontSize: 13 },
    extraCssText: 'box-shadow: 0 2px 12px rgb(0 0 0 / 12%)',
  }
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}
