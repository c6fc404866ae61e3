import { anchorsOf, type Link, linksOf } from './markdown.ts'
import { folderOf, joinPath } from './path.ts'
import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

/** Every link of a page leads to a file or folder of the repository, and its anchor to a heading there. */
export function links(repository: Repository): readonly Violation[] {
  return repository.paths
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) =>
      linksOf(repository.text(path)).flatMap((link) => {
        const says = whyBroken(repository, path, link)
        return says ? [{ path, line: link.line, says }] : []
      }),
    )
}

function whyBroken(repository: Repository, path: string, { target }: Link): string | undefined {
  if (/^(?:https?:|mailto:)/.test(target)) return undefined
  const [file = '', anchor] = target.split('#')
  const meant = file === '' ? path : joinPath(folderOf(path), decodeURIComponent(file))
  if (meant === undefined) return `link ${target} leads out of the repository`
  if (!exists(repository, meant)) return `link ${target} leads to nothing`
  if (anchor === undefined || !meant.endsWith('.md')) return undefined
  return anchorsOf(repository.text(meant)).has(anchor) ? undefined : `link ${target}: no such heading there`
}

function exists(repository: Repository, path: string): boolean {
  return path === '' || repository.has(path) || repository.paths.some((known) => known.startsWith(`${path}/`))
}
