import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { assert } from '@offtake/core/base/assert'

/** What every report carries within itself: the script that draws, with its chart library, and the style sheet. */
export interface ReportAssets {
  readonly script: string
  readonly style: string
}

/** As `build-report.mjs` has made them. */
export function readReportAssets(): ReportAssets {
  return { script: readBuilt('report.min.js'), style: readBuilt('report-style.min.css') }
}

function readBuilt(name: string): string {
  // The same place from the sources and from what they are compiled to.
  const path = fileURLToPath(new URL(`../../dist/${name}`, import.meta.url))
  assert(existsSync(path), `the report's ${name} has been built (npm run setup builds it)`)
  return readFileSync(path, 'utf8')
}
