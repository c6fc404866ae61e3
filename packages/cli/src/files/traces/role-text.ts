import type { RoleRows } from './offtake-roles.ts'
import type { Row } from './table-rows.ts'

const ROLE = /^([^\s:]+):(\d+)x(\d+)(m?)(?:x(\d+(?:\.\d+)?))?(?:x(\d+))?$/

/**
 * `trainer:16x8x96x500000 notebook:4x250m sandbox:64x0x4`: name, members, and of a member accelerators (or thousandths of one,
 * with an m), CPU cores and MiB of memory. Nothing where it cannot be read.
 */
export function parseRoles(text: string): RoleRows | undefined {
  const rows: Row[] = []
  for (const part of text.split(/\s+/).filter((word) => word !== '')) {
    const match = ROLE.exec(part)
    if (!match) return undefined
    const [, name = '', members = '', amount = '', unit, cpuCores = '', memoryMiB = ''] = match
    const asked: Record<string, string> =
      unit === 'm' ? { acceleratorMilli: amount } : { accelerators: amount }
    const values: Readonly<Record<string, string>> = { name, members, ...asked, cpuCores, memoryMiB }
    rows.push((field) => values[field] ?? '')
  }
  return rows
}
