import { failed, ok } from '@offtake/core/base/result'
import { type AcceptedHardware, ANYWHERE, type Role, type TopologyNeed } from '@offtake/core/demand/gang'
import { gangLayout } from '@offtake/core/demand/gang-layout'
import { ELASTIC_FIELDS, elasticOf } from './offtake-elastic.ts'
import { type Read, size, thousandths, wholeNumber } from './row-values.ts'
import type { Row } from './table-rows.ts'
import { acceptsAll, type TraceFleet } from './trace-fleet.ts'

/** The roles of a gang as rows of their own; none where the gang has just a number of accelerators. */
export type RoleRows = readonly Row[]

/** What a row may say of the members of a gang of one role. */
export const MEMBER_FIELDS = ['acceleratorMilli', 'cpuCores', 'memoryMiB'] as const

/** The fields of a role; its hardware and closeness are the job's where it has none of its own. */
export const ROLE_FIELDS: readonly string[] = [
  'name',
  'members',
  'accelerators',
  'acceleratorMilli',
  'cpuCores',
  'memoryMiB',
  'hardware',
  'within',
  'sizes',
]

const MOST_MEMBERS = 10_000_000
const MOST_PER_MEMBER = 100_000
const MOST_MEMORY_MIB = 999_999_999

/** Reads the roles of a row; rows that say the same share one list. */
export function offtakeRoles(fleet: TraceFleet): (row: Row, roleRows: RoleRows) => Read<readonly Role[]> {
  const known = new Map<string, readonly Role[]>()
  return (row, roleRows) => {
    const key = keyOf(row, roleRows)
    const shared = known.get(key)
    if (shared) return ok(shared)
    const fixed = roleRows.length > 0 ? namedRoles(row, roleRows, fleet) : soleRole(row, fleet)
    const roles = fixed.ok ? withSizes(fixed.value, row, roleRows) : fixed
    if (roles.ok) known.set(key, roles.value)
    return roles
  }
}

/** Those of a role are its own, or, of the first one, the row's. One role of a gang may have several. */
function withSizes(roles: readonly Role[], row: Row, roleRows: RoleRows): Read<readonly Role[]> {
  const sized: Role[] = []
  for (const [n, role] of roles.entries()) {
    const sizes = roleRows[n]?.('sizes') || (n === 0 ? row('sizes') : '')
    const elastic = elasticOf(sizes, row, role)
    if (!elastic.ok) return elastic
    sized.push(elastic.value ? { ...role, elastic: elastic.value } : role)
  }
  const several = sized.filter(({ elastic }) => elastic)
  return several.length > 1 ? failed({ because: 'malformed', field: 'sizes' }) : ok(sized)
}

function keyOf(row: Row, roleRows: RoleRows): string {
  const ofRoles = roleRows.map((role) => ROLE_FIELDS.map(role))
  const own = ['accelerators', ...MEMBER_FIELDS, 'hardware', 'within'].map(row)
  const ofElastic = [...ELASTIC_FIELDS, 'checkpoint'].map(row)
  return JSON.stringify([own, ofRoles, ofElastic])
}

function soleRole(row: Row, fleet: TraceFleet): Read<readonly Role[]> {
  const beside = besideOf(row)
  if (!beside.ok) return beside
  const isShare = beside.value.acceleratorMilliPerMember !== undefined
  if (isShare && row('accelerators') !== '')
    return failed({ because: 'malformed', field: 'acceleratorMilli' })
  const accelerators = isShare ? ok(1) : size(row('accelerators'), 'accelerators')
  if (!accelerators.ok) return accelerators
  const needs = needsOf(row, row, fleet)
  if (!needs.ok) return needs
  const layout = gangLayout(accelerators.value, smallestNode(needs.value.accepts, fleet))
  const member = isShare ? { members: 1, acceleratorsPerMember: 0 } : layout
  return ok([{ name: 'worker', ...member, ...beside.value, ...needs.value }])
}

type Beside = Pick<Role, 'acceleratorMilliPerMember' | 'cpuCoresPerMember' | 'memoryMiBPerMember'>

/** What a member takes of its node beside whole accelerators. `field` is at fault where the row is one of several roles. */
function besideOf(row: Row, field?: string): Read<Beside> {
  const milli = optional(row('acceleratorMilli'), (text) =>
    wholeNumber(text, field ?? 'acceleratorMilli', { from: 1, to: 999 }),
  )
  if (!milli.ok) return milli
  const cpuCores = thousandths(row('cpuCores') || '0', field ?? 'cpuCores', MOST_PER_MEMBER)
  if (!cpuCores.ok) return cpuCores
  const memory = optional(row('memoryMiB'), (text) =>
    wholeNumber(text, field ?? 'memoryMiB', { from: 0, to: MOST_MEMORY_MIB }),
  )
  if (!memory.ok) return memory
  return ok({
    ...(milli.value === undefined ? {} : { acceleratorMilliPerMember: milli.value }),
    cpuCoresPerMember: cpuCores.value,
    ...(memory.value === undefined ? {} : { memoryMiBPerMember: memory.value }),
  })
}

function optional(text: string, read: (text: string) => Read<number>): Read<number | undefined> {
  return text === '' ? ok(undefined) : read(text)
}

function namedRoles(row: Row, roleRows: RoleRows, fleet: TraceFleet): Read<readonly Role[]> {
  if (row('accelerators') !== '') return failed({ because: 'malformed', field: 'accelerators' })
  const roles: Role[] = []
  for (const roleRow of roleRows) {
    const role = namedRole(roleRow, row, fleet)
    if (!role.ok) return role
    roles.push(role.value)
  }
  const names = new Set(roles.map(({ name }) => name))
  if (names.size < roles.length) return failed({ because: 'malformed', field: 'roles' })
  return roles.some((role) => role.acceleratorsPerMember > 0 || role.acceleratorMilliPerMember !== undefined)
    ? ok(roles)
    : failed({ because: 'noSize', field: 'roles' })
}

function namedRole(roleRow: Row, row: Row, fleet: TraceFleet): Read<Role> {
  const name = roleRow('name')
  if (name === '') return failed({ because: 'malformed', field: 'roles' })
  const members = wholeNumber(roleRow('members') || '1', 'roles', { from: 1, to: MOST_MEMBERS })
  if (!members.ok) return members
  const accelerators = wholeNumber(roleRow('accelerators') || '0', 'roles', { from: 0, to: MOST_PER_MEMBER })
  if (!accelerators.ok) return accelerators
  const beside = besideOf(roleRow, 'roles')
  if (!beside.ok) return beside
  if (beside.value.acceleratorMilliPerMember !== undefined && accelerators.value > 0)
    return failed({ because: 'malformed', field: 'roles' })
  const needs = needsOf(roleRow, row, fleet)
  if (!needs.ok) return needs
  return ok({
    name,
    members: members.value,
    acceleratorsPerMember: accelerators.value,
    ...beside.value,
    ...needs.value,
  })
}

type Needs = Pick<Role, 'accepts' | 'within'>

function needsOf(roleRow: Row, row: Row, fleet: TraceFleet): Read<Needs> {
  const accepts = acceptsOf(roleRow('hardware') || row('hardware'), fleet)
  if (!accepts.ok) return accepts
  const within = withinOf(roleRow('within') || row('within'))
  if (!within.ok) return within
  return ok({ accepts: accepts.value, within: within.value })
}

/** `h100` or `h100|h200=1.3`, in the order of liking, with the speed relative to what the duration is stated for. */
function acceptsOf(text: string, fleet: TraceFleet): Read<AcceptedHardware[]> {
  if (text === '') return ok(acceptsAll(fleet))
  const accepts: AcceptedHardware[] = []
  for (const part of text.split('|')) {
    const [, hardware, speed = '1'] = /^\s*([^\s=]+)\s*(?:=\s*(\d+(?:\.\d+)?)\s*)?$/.exec(part) ?? []
    const factor = Number(speed)
    if (hardware === undefined || !(factor >= 0.001 && factor <= 1000)) {
      return failed({ because: 'malformed', field: 'hardware' })
    }
    accepts.push({ hardware, speed: factor })
  }
  return ok(accepts)
}

const LEVELS: readonly TopologyNeed['level'][] = ['node', 'domain', 'block', 'pool']

/** `domain`, which is required, or `prefer domain`. */
function withinOf(text: string): Read<TopologyNeed> {
  if (text === '') return ok(ANYWHERE)
  const preferred = /^prefer\s+/i.test(text)
  const word = text.replace(/^prefer\s+/i, '').toLowerCase()
  const level = LEVELS.find((known) => known === word)
  return level ? ok({ level, required: !preferred }) : failed({ because: 'malformed', field: 'within' })
}

/** The smallest node of the hardware that the fleet has and the job accepts; without one the job is turned away later. */
function smallestNode(accepts: readonly AcceptedHardware[], fleet: TraceFleet): number {
  const nodes = fleet.hardware
    .filter(({ id }) => accepts.some(({ hardware }) => hardware === id))
    .map(({ acceleratorsPerNode }) => acceleratorsPerNode)
  return nodes.length > 0 ? Math.min(...nodes) : 1
}
