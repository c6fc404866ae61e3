import { assert } from '@offtake/core/base/assert'
import type { z } from 'zod'
import { settled, valueAt } from './format-problem.ts'
import type { Path } from './yaml-text.ts'

/** What could be read of a file, and how to find in the file what lies at a path of it. */
export interface Salvaged<Value> {
  readonly value: Value | undefined
  readonly issues: readonly z.core.$ZodIssue[]
  toFilePath(path: Path): Path
}

const MOST_ROUNDS = 24
/** A file that is wrong in so many places is of another kind; what it contradicts is not worth the search. */
const MOST_ISSUES = 200

/**
 * Reads a file's value by its schema. Where the format is broken in places, those are left out and the rest is read all the
 * same, so that a misspelt field does not hide a reversed date: one look shows every problem.
 */
export function salvage<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): Salvaged<z.output<Schema>> {
  const left = new Set<string>()
  let first: readonly z.core.$ZodIssue[] = []
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const kept = without(value, [], left)
    const result = schema.safeParse(kept)
    if (result.success) {
      return { value: result.data, issues: first, toFilePath: (path) => originalPath(value, path, left) }
    }
    const issues = result.error.issues
    if (round === 0) first = issues
    if (issues.length > MOST_ISSUES) break
    const before = left.size
    for (const issue of issues) {
      for (const path of brokenPaths(issue, kept)) {
        const original = originalPath(value, path, left)
        if (original.length > 0) left.add(keyOf(original))
      }
    }
    if (left.size === before) break
  }
  return { value: undefined, issues: first, toFilePath: (path) => path }
}

/** The values to leave out: unknown fields, a value that cannot be read, or the holder of a field that is missing. */
function brokenPaths(issue: z.core.$ZodIssue, value: unknown): Path[] {
  return settled(issue, value).flatMap((meant): Path[] => {
    if (meant.code === 'unrecognized_keys') return meant.keys.map((key) => [...meant.path, key])
    return [valueAt(value, meant.path) === undefined ? meant.path.slice(0, -1) : meant.path]
  })
}

function keyOf(path: Path): string {
  return JSON.stringify(path)
}

function without(value: unknown, path: Path, left: ReadonlySet<string>): unknown {
  if (left.size === 0) return value
  if (Array.isArray(value)) {
    return value.flatMap((item, at) =>
      left.has(keyOf([...path, at])) ? [] : [without(item, [...path, at], left)],
    )
  }
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !left.has(keyOf([...path, name])))
      .map(([name, held]) => [name, without(held, [...path, name], left)]),
  )
}

/** Undoes the shift that left-out entries of lists caused. */
function originalPath(value: unknown, path: Path, left: ReadonlySet<string>): Path {
  const original: PropertyKey[] = []
  for (const step of path) {
    original.push(
      typeof step === 'number' && Array.isArray(valueAt(value, original))
        ? originalIndex(step, original, left)
        : step,
    )
  }
  return original
}

function originalIndex(index: number, list: Path, left: ReadonlySet<string>): number {
  let kept = -1
  for (let at = 0; at <= index + left.size; at++) {
    if (!left.has(keyOf([...list, at]))) kept++
    if (kept === index) return at
  }
  assert(false, 'an index within a list has its place in the whole list')
}
