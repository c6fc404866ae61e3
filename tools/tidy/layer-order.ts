import { allImports } from './imports.ts'
import { isTest, isTesting, layerOf } from './path.ts'
import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

/** The words of the flow in order; data moves right, imports look left. */
const FLOW = [
  'base',
  'agreements',
  'capacity',
  'demand',
  'allocation',
  'usage',
  'cost',
  'finance',
  'plan',
  'market',
  'simulation',
]

/** In the core a folder imports only from those on its left; `testing` from all of them, and only tests from it. */
export function layerOrder(repository: Repository): readonly Violation[] {
  return [...misplacedFiles(repository), ...allImports(repository).flatMap(rightwards)]
}

function misplacedFiles(repository: Repository): readonly Violation[] {
  return repository.code
    .filter(({ path }) => layerOf(path) !== undefined && !isKnown(layerOf(path)))
    .map(({ path }) => ({ path, line: 1, says: 'stands in no folder of the flow' }))
}

function isKnown(layer: string | undefined): boolean {
  return layer !== undefined && (FLOW.includes(layer) || layer === 'testing')
}

function rightwards(found: {
  readonly from: string
  readonly line: number
  readonly target?: string
}): Violation[] {
  const { from, line, target } = found
  if (target === undefined) return []
  // The project's own tools may start what tests start, such as a PostgreSQL.
  if (isTesting(target) && !isTesting(from) && !isTest(from) && !from.startsWith('tools/'))
    return [{ path: from, line, says: `${target} is for tests only` }]
  const importer = layerOf(from)
  const imported = layerOf(target)
  if (importer === undefined || imported === undefined || isTesting(from) || isTesting(target)) return []
  if (FLOW.indexOf(imported) <= FLOW.indexOf(importer)) return []
  return [{ path: from, line, says: `${importer} must not import from ${imported}, which comes after it` }]
}
