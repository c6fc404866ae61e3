import { type Repository, repositoryOf } from '../repository.ts'
import type { Rule } from '../violation.ts'

/** A repository of these files and no others. */
export function plant(files: Readonly<Record<string, string>>): Repository {
  return repositoryOf(Object.keys(files), (path) => files[path] ?? '')
}

/** Where a rule finds the planted files wanting, as `path:line`. */
export function placesFound(rule: Rule, files: Readonly<Record<string, string>>): readonly string[] {
  return rule(plant(files)).map(({ path, line }) => `${path}:${line}`)
}
