import type { z } from 'zod'
import { type PlacedProblem, PROBLEM_CODES, type ProblemCode } from '../problems.ts'
import { knownFields } from './known-fields.ts'
import { suggestion } from './nearest.ts'
import type { Path, YamlText } from './yaml-text.ts'

type Issue = z.core.$ZodIssue

/** The problems of a file's format, each at its place and in the buyer's words. */
export function formatProblems(issues: readonly Issue[], schema: z.ZodType, text: YamlText): PlacedProblem[] {
  return issues.flatMap((issue) => settled(issue, text.value)).flatMap((issue) => placed(issue, schema, text))
}

/** Within alternatives, the complaint of the one that was meant. */
export function settled(issue: Issue, value: unknown): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const meant =
    issue.errors.find((errors) => errors.every((error) => !isOtherKind(error))) ??
    simplest(issue, valueAt(value, issue.path))
  if (!meant) return [issue]
  return meant.flatMap((error) => settled({ ...error, path: [...issue.path, ...error.path] }, value))
}

function isOtherKind(error: Issue): boolean {
  return error.path.length === 0 && (error.code === 'invalid_type' || error.code === 'invalid_union')
}

/** A plain value was meant to be what stands alone, the first of the alternatives, unless they have a name together. */
function simplest(issue: z.core.$ZodIssueInvalidUnion, value: unknown): readonly Issue[] | undefined {
  const isPlain = value === null || typeof value !== 'object'
  return isPlain && !issue.message.startsWith('must ') ? issue.errors[0] : undefined
}

export function valueAt(value: unknown, path: Path): unknown {
  let found = value
  for (const step of path) {
    if (found === null || typeof found !== 'object' || !Object.hasOwn(found, step)) return undefined
    found = Reflect.get(found, step)
  }
  return found
}

function placed(issue: Issue, schema: z.ZodType, text: YamlText): PlacedProblem[] {
  const { path } = issue
  if (issue.code === 'unrecognized_keys') {
    const known = knownFields(schema, path)
    return issue.keys.map((key) =>
      text.problemAtField(
        [...path, key],
        'unknownField',
        `${pathText([...path, key])} is no known field${hintFor(key, valueAt(text.value, [...path, key]), known)}`,
      ),
    )
  }
  const value = valueAt(text.value, path)
  if (value === undefined) {
    return [text.problemAt(path, 'missingField', `${pathText(path)} is missing`)]
  }
  const { code, message } = explained(issue, value)
  return [text.problemAt(path, code, path.length === 0 ? message : `${pathText(path)}: ${message}`)]
}

function hintFor(key: string, value: unknown, known: ReadonlySet<string>): string {
  // What follows a comma within { } is a field of its own, unless the text is in quotes.
  if (value === null && /\s/.test(key)) return ': text that holds a comma needs quotes'
  return suggestion(key, known) || listing(known)
}

function listing(known: ReadonlySet<string>): string {
  return known.size === 0 ? '' : `: known are ${[...known].sort().join(', ')}`
}

/** `lines[0].tranches[1].promised`. */
export function pathText(path: Path): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return text.startsWith('.') ? text.slice(1, 120) : text.slice(0, 120)
}

interface Explained {
  readonly code: ProblemCode
  readonly message: string
}

function explained(issue: Issue, value: unknown): Explained {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' && typeof value === 'number' && Number.isFinite(value)
        ? { code: 'notWhole', message: `${value} is not whole` }
        : wrongType(issue, value)
    case 'invalid_value': {
      const known = issue.values.map(String)
      return {
        code: 'unknownChoice',
        message: `${shown(value)} is none of ${known.join(', ')}${typeof value === 'string' ? suggestion(value, known) : ''}`,
      }
    }
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? { code: 'unknownChoice', message: `${shown(value)} is none of ${issue.options.join(', ')}` }
        : wrongType(issue, value)
    case 'too_small':
    case 'too_big':
      return outOfRange(issue, value)
    case 'custom':
      return { code: codeOf(issue.params?.code), message: issue.message }
    default:
      return { code: 'wrongType', message: issue.message }
  }
}

function outOfRange(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, value: unknown): Explained {
  const bound = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`
  if (typeof value === 'number') return { code: 'numberOutOfRange', message: `${value} is not ${bound}` }
  if (typeof value === 'string') return { code: 'wrongType', message: 'must not be empty' }
  const entries = Array.isArray(value) ? value.length : 0
  return { code: 'wrongType', message: `must have ${bound} entries, has ${entries}` }
}

function wrongType(issue: Issue, value: unknown): Explained {
  const expected = issue.message.startsWith('must ') ? issue.message : mustBe(issue)
  return { code: 'wrongType', message: `${expected}, not ${shown(value)}` }
}

function mustBe(issue: Issue): string {
  if (issue.code !== 'invalid_type') return 'must be one of its known forms'
  if (issue.expected === 'array') return 'must be a list'
  if (issue.expected === 'object') return 'must be a group of fields'
  return `must be ${issue.expected === 'string' ? 'text' : `a ${issue.expected}`}`
}

function shown(value: unknown): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a group of fields'
  if (typeof value === 'string') return `'${value.slice(0, 60)}'`
  return String(value)
}

function codeOf(code: unknown): ProblemCode {
  return typeof code === 'string' && isProblemCode(code) ? code : 'wrongType'
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEM_CODES, code)
}
