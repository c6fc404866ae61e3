import { StringDecoder } from 'node:string_decoder'
import { ROLE_FIELDS, type RoleRows } from './offtake-roles.ts'
import type { Row } from './table-rows.ts'
import type { TraceProblem } from './trace-problem.ts'
import { problemOf, type TraceSource } from './trace-source.ts'

/** One line of JSON as a row, with its roles apart, or the field that cannot be read. */
export type JsonRow =
  | { readonly ok: true; readonly row: Row; readonly roles: RoleRows }
  | { readonly ok: false; readonly field?: string }

const LONGEST_LINE = 1_000_000

/** Streams the lines of a file that are not blank, counted from 1. Returns what is wrong with the file as a whole. */
export async function readLines(
  source: TraceSource,
  onLine: (text: string, line: number) => void,
): Promise<TraceProblem | undefined> {
  const { file } = source
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let line = 0
  const take = (text: string): void => {
    line++
    if (text.trim() !== '') onLine(text.replace(/^\uFEFF/, ''), line)
  }
  try {
    for await (const chunk of source.text) {
      const lines = (rest + decoder.write(chunk)).split('\n')
      rest = lines.pop() ?? ''
      lines.forEach(take)
      if (rest.length > LONGEST_LINE)
        return { code: 'brokenTable', file, line: line + 1, reason: 'line too long' }
    }
  } catch (error) {
    return problemOf(error, file, line)
  }
  take(rest + decoder.end())
  return undefined
}

/** Reads one object whose fields are among those known. */
export function jsonRow(text: string, fields: readonly string[]): JsonRow {
  const value = parsed(text)
  if (!isObject(value)) return { ok: false }
  const { roles, ...plain } = value
  const unknown = Object.keys(plain).find((name) => !fields.includes(name))
  if (unknown !== undefined) return { ok: false, field: unknown }
  const row = rowOf(plain)
  const roleRows = rolesOf(roles)
  if (!row || !roleRows) return { ok: false, field: row ? 'roles' : fieldAtFault(plain) }
  return { ok: true, row, roles: roleRows }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Fields = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function rolesOf(value: unknown): RoleRows | undefined {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return undefined
  const rows = value.map((role: unknown) => {
    if (!isObject(role) || Object.keys(role).some((name) => !ROLE_FIELDS.includes(name))) return undefined
    return rowOf(role)
  })
  return rows.every((row) => row !== undefined) ? rows : undefined
}

function rowOf(fields: Fields): Row | undefined {
  const texts = new Map(Object.entries(fields).map(([name, value]) => [name, textOf(value)]))
  if ([...texts.values()].includes(undefined)) return undefined
  return (name) => texts.get(name)?.trim() ?? ''
}

function fieldAtFault(fields: Fields): string {
  return Object.keys(fields).find((name) => textOf(fields[name]) === undefined) ?? ''
}

/** A value as a CSV file would have it; nothing for what no column can say. */
function textOf(value: unknown): string | undefined {
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return joined(value.map(textOf))
  if (!isObject(value)) return undefined
  if (typeof value.level === 'string') return value.required === false ? `prefer ${value.level}` : value.level
  if (typeof value.hardware === 'string') return `${value.hardware}=${textOf(value.speed ?? 1)}`
  return undefined
}

function joined(texts: readonly (string | undefined)[]): string | undefined {
  return texts.every((text) => text !== undefined) ? texts.join('|') : undefined
}
