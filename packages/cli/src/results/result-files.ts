import type { RunResult } from '@offtake/core/simulation/run-result'
import type { Summary } from '@offtake/core/simulation/summary'
import type { NewFile } from '../files/write-folder.ts'
import type { ReportAssets } from '../report/report-assets.ts'
import { reportPage } from '../report/report-page.ts'
import { agreementsTable } from './agreements-table.ts'
import { capacityTable } from './capacity-table.ts'
import { chargebackTable, chargesTable } from './charges-tables.ts'
import { type CsvTable, csvText } from './csv-table.ts'
import { figuresTable } from './figures-table.ts'
import { burnDownTable, cashTable, obligationsTable, prepaymentsTable } from './money-tables.ts'
import { idleTable, lineUseTable, usageTable, waitsTable } from './usage-tables.ts'

export const EVENTS_FILE = 'events.jsonl.gz'
const SUMMARY_FILE = 'summary.json'
export const REPORT_FILE = 'report.html'

const TABLES: ReadonlyMap<string, (result: RunResult) => CsvTable> = new Map([
  ['agreements.csv', agreementsTable],
  ['burn-down.csv', burnDownTable],
  ['capacity.csv', capacityTable],
  ['cash.csv', cashTable],
  ['chargeback.csv', chargebackTable],
  ['charges.csv', chargesTable],
  ['figures.csv', figuresTable],
  ['idle.csv', idleTable],
  ['obligations.csv', obligationsTable],
  ['prepayments.csv', prepaymentsTable],
  ['usage.csv', usageTable],
  ['usage-by-line.csv', lineUseTable],
  ['waits.csv', waitsTable],
])

const NAMES: ReadonlySet<string> = new Set([SUMMARY_FILE, EVENTS_FILE, REPORT_FILE, ...TABLES.keys()])

/** All files of a run but its events, one after the other. */
export function* resultFiles(result: RunResult, summary: Summary, assets: ReportAssets): Generator<NewFile> {
  yield { path: SUMMARY_FILE, text: `${JSON.stringify(summary, null, 2)}\n` }
  for (const [path, tableOf] of TABLES) yield { path, text: csvText(tableOf(result)) }
  yield { path: REPORT_FILE, text: reportPage(result, summary, assets) }
}

/** Of the names in a folder, one that an earlier run has not written; nothing where the folder is empty or all its own. */
export function foreignName(names: readonly string[]): string | undefined {
  const foreign = names.find((name) => !NAMES.has(name))
  return foreign ?? (names.includes(SUMMARY_FILE) ? undefined : names[0])
}
