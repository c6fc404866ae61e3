import { allImports } from './imports.ts'
import { packageOf } from './path.ts'
import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

/** What each package may import; a package that is not named here is unknown. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  contract: ['core'],
  adapters: ['contract', 'core'],
  server: ['adapters', 'contract', 'core'],
  cli: ['contract', 'core', 'server'],
  web: ['contract', 'core'],
}

/** The files that may load the server: to serve, to look at its database, and to back it up. */
const MAY_LOAD_SERVER = ['commands/serve.ts', 'doctor/findings.ts', 'commands/backup.ts'].map(
  (file) => `packages/cli/src/${file}`,
)

/** web, cli → contract → core; server → adapters, contract, core; by subpath, never by a path into another package. */
export function packageOrder(repository: Repository): readonly Violation[] {
  return allImports(repository).flatMap(({ from, line, specifier, target }) => {
    const says = whyOutOfOrder(from, specifier, target)
    return says ? [{ path: from, line, says }] : []
  })
}

function whyOutOfOrder(from: string, specifier: string, target: string | undefined): string | undefined {
  const importer = packageOf(from)
  if (importer === undefined) return undefined
  const allowed = MAY_IMPORT[importer]
  if (!allowed) return `package ${importer} has no place in the order of packages`
  const imported = target === undefined ? /^@offtake\/([^/]+)/.exec(specifier)?.[1] : packageOf(target)
  if (imported === importer) return undefined
  if (imported === undefined)
    return target === undefined ? undefined : `a package must not import ${target}, which no package holds`
  if (!allowed.includes(imported)) return `${importer} must not import from ${imported}`
  if (imported === 'server' && !MAY_LOAD_SERVER.includes(from))
    return `only ${MAY_LOAD_SERVER.join(', ')} load the server`
  if (specifier.startsWith('.')) return `another package is imported as @offtake/${imported}/…`
  return undefined
}
