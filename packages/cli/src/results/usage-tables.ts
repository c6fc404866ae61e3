import { formatMonth } from '@offtake/core/base/instant'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { lineUse } from '@offtake/core/usage/line-use'
import { IDLE_CAUSES } from '@offtake/core/usage/pool-idle'
import { type CsvTable, hoursCell, plainText } from './csv-table.ts'

/** Accelerator-hours that tenants used of pools within the window, by calendar month. */
export function usageTable({ usage }: RunResult): CsvTable {
  return {
    columns: ['month', 'tenant', 'pool', 'usedHours', 'borrowedHours', 'lostHours'],
    rows: usage.map(({ month, tenant, poolId, used, borrowed, lost }) => [
      formatMonth(month),
      plainText(tenant),
      plainText(poolId),
      hoursCell(used),
      hoursCell(borrowed),
      hoursCell(lost),
    ]),
  }
}

/** Accelerator-hours that each line of an agreement served within the window, and what of it stood idle. */
export function lineUseTable({ charged, portfolio }: RunResult): CsvTable {
  return {
    columns: ['month', 'agreement', 'line', 'pool', 'usedHours', 'unusedHours'],
    rows: lineUse(charged.served, portfolio.window).map(
      ({ month, agreementId, lineId, poolId, used, unused }) => [
        formatMonth(month),
        agreementId,
        lineId,
        plainText(poolId),
        hoursCell(used),
        hoursCell(unused),
      ],
    ),
  }
}

/** Where each pool's accelerator-hours went within the window: used, or idle by cause. */
export function idleTable({ idle }: RunResult): CsvTable {
  const causes = IDLE_CAUSES.map((cause) => `${cause}Hours`)
  return {
    columns: ['month', 'pool', 'promisedHours', 'beyondPromiseHours', 'usedHours', ...causes],
    rows: idle.map(({ month, poolId, promised, beyondPromise, used, idle: byCause }) => [
      formatMonth(month),
      plainText(poolId),
      hoursCell(promised),
      hoursCell(beyondPromise),
      hoursCell(used),
      ...IDLE_CAUSES.map((cause) => hoursCell(byCause[cause])),
    ]),
  }
}

/** How long gangs waited for their first start, by their size. The last class has no upper bound. */
export function waitsTable({ statistics }: RunResult): CsvTable {
  return {
    columns: ['acceleratorsUpTo', 'gangs', 'meanHours', 'p50Hours', 'p99Hours'],
    rows: statistics.waitBySize.map(({ upTo, gangs, mean, p50, p99 }) => [
      Number.isFinite(upTo) ? upTo : undefined,
      gangs,
      mean,
      p50,
      p99,
    ]),
  }
}
