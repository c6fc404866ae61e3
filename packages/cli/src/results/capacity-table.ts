import { valueAt, within } from '@offtake/core/base/step-function'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { type CsvTable, dateCell, plainText } from './csv-table.ts'

/** Each pool's levels within the horizon: a row holds from its moment to the pool's next one. */
export function capacityTable({ capacity, portfolio: { horizon } }: RunResult): CsvTable {
  return {
    columns: [
      'pool',
      'provider',
      'region',
      'hardware',
      'fabric',
      'from',
      'promised',
      'delivered',
      'cpuCores',
    ],
    rows: capacity.flatMap(({ pool, ...timeline }) => {
      const levels = [timeline.promised, timeline.delivered, timeline.cpuCores]
      const clipped = levels.map((level) => within(level, horizon))
      const times = [...new Set(clipped.flatMap((level) => level.times))].sort((a, b) => a - b)
      const { id, provider, region, hardware, fabric } = pool
      const place = [id, provider, region, hardware, fabric].map(plainText)
      return times.map((at) => [...place, dateCell(at), ...clipped.map((level) => valueAt(level, at))])
    }),
  }
}
