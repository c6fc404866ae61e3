import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { summarise } from '@offtake/core/simulation/summary'
import { beforeAll, expect, test } from 'vitest'
import { reportSections } from '../report/report-sections.ts'
import { loadedPortfolio, playedPortfolio } from '../testing/played-portfolio.ts'
import { writePortfolio } from '../testing/two-agreements.ts'
import { resultFiles } from './result-files.ts'

const PAGE = readFileSync(resolve(import.meta.dirname, '../../../../docs/results.md'), 'utf8')

let result: RunResult
beforeAll(async () => {
  result = playedPortfolio(await loadedPortfolio(await writePortfolio()))
})

test('docs/results.md names every table with all of its columns and no other', () => {
  const tables = filesOf(result).filter(({ path }) => path.endsWith('.csv'))
  expect(tables.length).toBeGreaterThan(9)
  for (const { path, text } of tables) {
    const about = PAGE.split('\n\n').find((paragraph) => paragraph.startsWith(`**\`${path}\`**`)) ?? ''
    for (const column of text.slice(0, text.indexOf('\n')).split(','))
      expect(about, path).toContain(`\`${column}\``)
  }
  const named = [...PAGE.matchAll(/^\*\*`(.+?\.csv)`\*\*/gm)].map(([, path]) => path)
  expect(named.sort()).toEqual(tables.map(({ path }) => path).sort())
})

test('docs/results.md names every field of the summary', () => {
  const about = PAGE.slice(PAGE.indexOf('## summary.json'))
  const summary = summarise(result)
  const { obligations, capacity, allocation, usage, cost, concentration } = summary
  const parts = [
    summary,
    obligations,
    capacity,
    allocation,
    usage,
    cost,
    concentration,
    allocation.waitHours,
    ...summary.agreements,
    ...summary.overlaps,
    ...summary.coverage,
    ...summary.checks,
  ]
  for (const field of parts.flatMap(Object.keys)) expect(about).toContain(`\`${field}\``)
})

test('docs/results.md names every part of the report, in its order', () => {
  const named = [...PAGE.matchAll(/^\| ([A-Z][^|]+) \|/gm)].map(([, topic]) => topic)
  const shown: (string | undefined)[] = reportSections(result).map(({ topic }) => topic)
  expect(shown.length).toBeGreaterThan(12)
  expect(named.filter((topic) => shown.includes(topic))).toEqual(shown)
})

function filesOf(run: RunResult) {
  return [...resultFiles(run, summarise(run), { script: '', style: '' })]
}
