import type { PlacedProblem } from '../problems.ts'
import type { BuiltIn } from './built-in.ts'
import { type Contents, type ReadFile, rawEntries, rawId } from './contents.ts'
import type { Path } from './yaml-text.ts'

interface NamedThing {
  readonly file: ReadFile<unknown>
  readonly path: Path
  readonly id: string
}

/** Ids that two things of one kind have, within a file or across files; broken files count with what can be read of them. */
export function duplicateIds(contents: Contents, builtIn: BuiltIn): PlacedProblem[] {
  const { settings, agreements, quotes, workloads, fleet } = contents
  const hardware = new Map(builtIn.hardware.map(({ id }) => [id, 'the built-in table']))
  return [
    ...repeated('tenants', settings ? listed([settings], 'tenants') : []),
    ...repeated('agreements and quotes', [...agreements, ...quotes].flatMap(whole)),
    ...repeated('workloads and services', [
      ...listed(workloads, 'workloads'),
      ...listed(workloads, 'services'),
    ]),
    ...repeated('windows', listed(workloads, 'windows')),
    ...repeated('hardware', listed(fleet, 'hardware'), hardware),
  ]
}

function whole(file: ReadFile<unknown>): NamedThing[] {
  const id = rawId(file.text.value)
  return id === undefined ? [] : [{ file, path: ['id'], id }]
}

function listed(files: readonly ReadFile<unknown>[], field: string): NamedThing[] {
  return files.flatMap((file) =>
    rawEntries(file.text, [field]).flatMap((record, at) => {
      const id = rawId(record)
      return id === undefined ? [] : [{ file, path: [field, at, 'id'], id }]
    }),
  )
}

function repeated(
  what: string,
  things: readonly NamedThing[],
  taken: ReadonlyMap<string, string> = new Map(),
): PlacedProblem[] {
  const seen = new Map(taken)
  return things.flatMap(({ file, path, id }) => {
    const first = seen.get(id)
    seen.set(id, first ?? file.text.file)
    if (first === undefined) return []
    const where = first === file.text.file ? '' : `, the first in ${first}`
    return [file.text.problemAt(path, 'duplicateId', `two of the ${what} have the id '${id}'${where}`)]
  })
}
