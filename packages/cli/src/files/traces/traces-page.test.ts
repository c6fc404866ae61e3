import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readFleet } from '@offtake/contract/portfolio/read-fleet'
import { acceleratorsIn } from '@offtake/core/capacity/topology'
import { expect, test } from 'vitest'
import { machines } from '../../testing/machines.ts'
import { withFile } from '../../testing/trace-file.ts'
import { OFFTAKE_COLUMNS } from './offtake.ts'
import { readTrace } from './read-trace.ts'
import { traceFleetOf } from './trace-fleet.ts'

const PAGE = readFileSync(resolve(import.meta.dirname, '../../../../../docs/traces.md'), 'utf8')
const FLEET = traceFleetOf([machines('h100', 128, 8), machines('h200', 128, 8, { cpuCores: 256 })])

function example(language: string): string {
  return new RegExp(`\`\`\`${language}\n([^\`]*)\`\`\``).exec(PAGE)?.[1] ?? ''
}

for (const language of ['csv', 'json']) {
  test(`the ${language} example of docs/traces.md can be read whole`, async () => {
    const read = await withFile(example(language), (path) => readTrace(path, 'offtake', FLEET))
    expect(read.ok && read.value.rejected).toEqual([])
    expect(read.ok && read.value.jobs).toHaveLength(2)
  })
}

test('docs/traces.md explains every column of our own format', () => {
  const explained = [...PAGE.matchAll(/^\| `(\w+)` \| [^|]*(?:\\\|[^|]*)*\| [^|]+\|$/gm)].map(
    ([, name]) => name,
  )
  const columns = [...OFFTAKE_COLUMNS.required, ...OFFTAKE_COLUMNS.optional]
  expect(columns.filter((name) => !explained.includes(name))).toEqual([])
})

test('the fleet of docs/traces.md has 2,490 accelerators', () => {
  const fleet = readFleet('fleet.yaml', example('yaml'))
  expect(fleet.ok && fleet.value.pools.map(({ groups }) => acceleratorsIn(groups))).toEqual([2490])
})
