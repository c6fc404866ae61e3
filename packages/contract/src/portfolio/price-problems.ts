import type { PlacedProblem } from '../problems.ts'
import type { Contents } from './contents.ts'
import type { KnownNames } from './known-names.ts'
import { suggestion } from './nearest.ts'
import type { PlacedPoint } from './price-table.ts'

/** What contradicts itself in the tables of prices, or between them and the rest. */
export function priceProblems({ points, reading }: Contents, names: KnownNames): PlacedProblem[] {
  const seen = new Map<string, PlacedPoint>()
  return points.flatMap((placed): PlacedProblem[] => {
    const { point, file, line } = placed
    const problems: PlacedProblem[] = []
    const key = JSON.stringify([point.series, point.from])
    const first = seen.get(key)
    seen.set(key, first ?? placed)
    if (first) {
      const message = `'${point.series}' already has a price from that day on, in ${first.file}:${first.line}`
      problems.push({ file, line, column: 1, code: 'pointTwice', message })
    }
    const { currency } = point.perAcceleratorHour.value
    if (currency !== reading.currency) {
      const message = `perAcceleratorHour: ${currency}, but the portfolio is in ${reading.currency}: sums are never mixed`
      problems.push({ file, line, column: 1, code: 'currencyMix', message })
    }
    const hardware = point.series.split('/')[1]
    if (hardware !== undefined && !names.hardware.has(hardware)) {
      const message = `series: no hardware is called '${hardware}'${suggestion(hardware, names.hardware)}`
      problems.push({ file, line, column: 1, code: 'unknownHardware', message })
    }
    return problems
  })
}
