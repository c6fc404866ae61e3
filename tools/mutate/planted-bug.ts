import { join } from 'node:path'
import { ROOT } from '../root.ts'

/** A change to one line of the allocator, or of the server, that makes it wrong, and the test that must find it out. */
export interface PlantedBug {
  /** What it then does wrong. */
  readonly name: string
  /** In which package; the core by default. */
  readonly package?: 'server'
  /** Under the sources of the package. */
  readonly file: string
  /** Stands in the file exactly once. */
  readonly right: string
  readonly wrong: string
  /** The test file that finds it out, there too. */
  readonly foundBy: string
  /** A part of the name of a test in it that must fail. */
  readonly test: string
}

/** Where the code of its package and the tests of that lie. */
export function sourceOf(bug: Pick<PlantedBug, 'package'>): string {
  return join(ROOT, 'packages', bug.package ?? 'core', 'src')
}
