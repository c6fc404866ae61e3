import { formatCount, formatPercent } from '@offtake/contract/text/format-number'
import { WHOLE } from '@offtake/core/base/quantity'
import type { Concentration } from '@offtake/core/finance/concentration'
import type { Output } from './output.ts'

/** How concentrated a whole is, by several of its properties; a property of which nothing is known is left out. */
export type Concentrations = Readonly<Record<string, Concentration | undefined>>

export function printConcentrations(title: string, concentrations: Concentrations, output: Output): void {
  const rows = Object.entries(concentrations).flatMap(([by, found]) => {
    const [largest] = found?.parts ?? []
    if (!found || !largest) return []
    const share = formatPercent(largest.share / WHOLE)
    return [[by, largest.key, share, formatCount(found.herfindahl), found.equalParts.toFixed(1)]]
  })
  if (rows.length === 0) return
  output.print('')
  output.table([title, 'largest', 'share', 'of 10,000', 'as equal parts'], rows)
}

export function concentrationsDocument(concentrations: Concentrations) {
  return Object.fromEntries(
    Object.entries(concentrations).map(([by, found]) => [
      by,
      found
        ? {
            herfindahl: found.herfindahl,
            equalParts: found.equalParts,
            shares: Object.fromEntries(found.parts.map(({ key, share }) => [key, share / WHOLE])),
          }
        : null,
    ]),
  )
}
