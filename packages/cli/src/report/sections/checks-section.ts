import { WHOLE } from '@offtake/core/base/quantity'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { amountText } from '../amount-text.ts'
import { type Html, html } from '../html.ts'
import { numbers, type Section, words } from '../section.ts'
import { tableMarkup } from '../table-markup.ts'

/** The arithmetic that the portfolio states about itself, worked out again. */
export function checksSection({ checks, portfolio }: RunResult): Section | undefined {
  if (checks.length === 0) return undefined
  const failing = checks.filter(({ holds }) => !holds).length
  const table = {
    columns: [...words('', 'what'), ...numbers('worked out', 'expected')],
    rows: checks.map(({ name, value, expected, holds }, n) => {
      const isRatio = portfolio.expectations[n]?.against !== undefined
      const text = (amount: number): string =>
        isRatio
          ? `${amount.toFixed(2)} ×`
          : amountText(amount, { kind: 'money', currency: portfolio.currency })
      const tolerance = portfolio.expectations[n]?.tolerance ?? 0
      // Where the two read alike, nobody asks how far apart they may be.
      const within =
        text(value) === text(expected) ? '' : ` ± ${amountText(tolerance / WHOLE, { kind: 'share' })}`
      return [markOf(holds), name, text(value), `${text(expected)}${within}`]
    }),
  }
  return {
    id: 'checks',
    topic: 'Checks of the arithmetic',
    heading:
      failing === 0
        ? checks.length === 1
          ? 'The one check of the arithmetic holds'
          : `All ${checks.length} checks of the arithmetic hold`
        : `${failing} of ${checks.length} checks of the arithmetic do not hold`,
    text: 'What public figures, or the portfolio’s own, should come to, against what they do come to here.',
    body: tableMarkup(table),
  }
}

function markOf(holds: boolean): Html {
  return holds
    ? html`<span class="good" role="img" aria-label="holds">✓</span>`
    : html`<span class="bad" role="img" aria-label="does not hold">✗</span>`
}
