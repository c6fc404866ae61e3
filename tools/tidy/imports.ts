import type { ImportDeclaration, Node } from 'oxc-parser'
import { type Code, walk } from './code.ts'
import { folderOf, joinPath } from './path.ts'
import type { Repository } from './repository.ts'

/** What one file takes from another, types included. */
export interface Import {
  readonly from: string
  readonly line: number
  readonly specifier: string
  /** The names taken; `all` where it takes the module as a whole. */
  readonly names: readonly string[] | 'all'
  /** The file of the repository that is meant; nothing for a library. */
  readonly target?: string
}

export function importsOf(repository: Repository, code: Code): readonly Import[] {
  const found: Import[] = []
  walk(code.program, (node) => {
    const taken = takenBy(node)
    if (!taken) return undefined
    const target = resolve(repository, code.path, taken.specifier)
    const line = code.lineOf(node.start)
    found.push({ from: code.path, line, ...taken, ...(target === undefined ? {} : { target }) })
    return undefined
  })
  return found
}

const known = new WeakMap<Repository, readonly Import[]>()

export function allImports(repository: Repository): readonly Import[] {
  const imports = known.get(repository) ?? repository.code.flatMap((code) => importsOf(repository, code))
  known.set(repository, imports)
  return imports
}

function takenBy(node: Node): Pick<Import, 'specifier' | 'names'> | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier: node.source.value, names: namesImported(node) }
    case 'ExportNamedDeclaration':
      if (!node.source) return undefined
      return { specifier: node.source.value, names: node.specifiers.map(({ local }) => wordOf(local)) }
    case 'ExportAllDeclaration':
      return { specifier: node.source.value, names: 'all' }
    case 'ImportExpression':
      if (node.source.type !== 'Literal' || typeof node.source.value !== 'string') return undefined
      return { specifier: node.source.value, names: 'all' }
    case 'TSImportType':
      return { specifier: node.source.value, names: 'all' }
    default:
      return undefined
  }
}

function namesImported(declaration: ImportDeclaration): readonly string[] | 'all' {
  const names: string[] = []
  for (const specifier of declaration.specifiers) {
    if (specifier.type === 'ImportNamespaceSpecifier') return 'all'
    names.push(specifier.type === 'ImportDefaultSpecifier' ? 'default' : wordOf(specifier.imported))
  }
  return names
}

function wordOf(name: { readonly name: string } | { readonly value: string }): string {
  return 'name' in name ? name.name : name.value
}

function resolve(repository: Repository, from: string, specifier: string): string | undefined {
  const wanted = specifier.startsWith('.')
    ? joinPath(folderOf(from), specifier)
    : specifier.replace(/^@offtake\/([^/]+)\/(.+)$/, 'packages/$1/src/$2')
  if (wanted === undefined || wanted === specifier) return undefined
  return [wanted, `${wanted}.ts`, `${wanted}.tsx`, sourceOf(wanted)].find((path) => repository.has(path))
}

/** The source of a built file, which only the command's launcher names. */
function sourceOf(path: string): string {
  return path.replace(/^(packages\/[^/]+)\/dist\/(.+)\.js$/, '$1/src/$2.ts')
}
