import { walk } from './code.ts'
import { folderOf, joinPath } from './path.ts'
import type { Repository } from './repository.ts'

/** Where programs begin: files that no other imports, but that a script, a package or a build names by path. */
export function entryPoints(repository: Repository): ReadonlySet<string> {
  const named = [...namedInConfiguration(repository), ...namedInCode(repository)]
  const configs = repository.paths.filter((path) => /^[^/]+\.config\.ts$/.test(path))
  return new Set([...named, ...configs].filter((path) => repository.codeAt(path) !== undefined))
}

/** Words of package.json files, of pages and of the CI script, seen from their own folder and from the root. */
function namedInConfiguration(repository: Repository): readonly string[] {
  return repository.paths
    .filter((path) => path === '.ci/run' || /(?:^|\/)package\.json$|\.html$/.test(path))
    .flatMap((path) =>
      repository
        .text(path)
        .split(/[\s"'`=]+/)
        // The root of a page's paths is the folder that it lies in.
        .flatMap((word) => meantBy(path, word.replace(/^\//, ''))),
    )
}

/** Texts in code that are the path of a source file, such as the entry that a bundler is given. */
function namedInCode(repository: Repository): readonly string[] {
  return repository.code
    .filter((code) => !code.isTest)
    .flatMap((code) => {
      const found: string[] = []
      walk(code.program, (node) => {
        if (node.type.startsWith('Import') || node.type === 'TSImportType') return false
        if (node.type === 'Literal' && typeof node.value === 'string')
          found.push(...meantBy(code.path, node.value))
        return undefined
      })
      return found
    })
}

function meantBy(path: string, word: string): readonly string[] {
  if (!/\.(?:ts|tsx|js|mjs)$/.test(word)) return []
  const meant = [joinPath('', word), joinPath(folderOf(path), word)]
  return meant.filter((candidate) => candidate !== undefined).filter((candidate) => candidate !== path)
}
