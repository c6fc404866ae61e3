import type { RoleRows } from './offtake-roles.ts'
import type { Row } from './table-rows.ts'

const ROLE = /^([^\s:]+):(\d+)x(\d+)(?:x(\d+))?$/

/** `trainer:16x8 sandbox:64x0x4`: name, members, accelerators and CPU cores of a member. Nothing where it cannot be read. */
export function parseRoles(text: string): RoleRows | undefined {
  const rows: Row[] = []
  for (const part of text.split(/\s+/).filter((word) => word !== '')) {
    const match = ROLE.exec(part)
    if (!match) return undefined
    const [, name = '', members = '', accelerators = '', cpuCores = ''] = match
    const values: Readonly<Record<string, string>> = { name, members, accelerators, cpuCores }
    rows.push((field) => values[field] ?? '')
  }
  return rows
}
