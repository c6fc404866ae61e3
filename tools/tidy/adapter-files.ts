import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

const FOUR = ['client.ts', 'observe.ts', 'control.ts', 'translate.ts']
/** Folders of packages/adapters that read files and run no work, so they have another shape. */
const READERS = ['bills', 'prices']

/** Every adapter to a kind of cluster has the same four files, so that who knows one knows all. */
export function adapterFiles(repository: Repository): readonly Violation[] {
  const folders = new Set(
    repository.paths.flatMap((path) => /^packages\/adapters\/src\/[^/]+(?=\/)/.exec(path) ?? []),
  )
  return [...folders]
    .filter((folder) => !READERS.some((reader) => folder.endsWith(`/${reader}`)))
    .flatMap((folder) =>
      FOUR.filter((name) => !repository.has(`${folder}/${name}`)).map((name) => ({
        path: folder,
        line: 1,
        says: `has no ${name}`,
      })),
    )
}
