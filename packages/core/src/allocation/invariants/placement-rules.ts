import type { Gang, Role } from '../../demand/gang.ts'
import type { Part } from '../events.ts'
import type { Broken } from './broken.ts'
import { type CountedNode, type CountedPool, isInService, type Recount, takenByNode } from './recount.ts'
import { besideRules } from './room-rules.ts'

/**
 * Whether parts are what the gang's roles ask for, on nodes where they may be; whether they are free is not asked. An elastic
 * role may have any of its sizes.
 */
export function placementRules(recount: Recount, gang: Gang, parts: readonly Part[]): Broken[] {
  if (parts.length !== gang.roles.length)
    return [
      {
        rule: 'holdsWhatItsRolesAsk',
        subject: gang.id,
        expected: gang.roles.length,
        found: parts.length,
      },
    ]
  return gang.roles.flatMap((role, r) => partRules(recount, gang, role, parts[r]))
}

function partRules(recount: Recount, gang: Gang, role: Role, part: Part | undefined): Broken[] {
  const subject = `${gang.id}/${role.name}`
  const pool = part && recount.pools.get(part.poolId)
  if (!part || part.role !== role.name) return [{ rule: 'holdsWhatItsRolesAsk', subject }]
  if (!pool) return [{ rule: 'namesKnownThings', subject: part.poolId }]
  const broken: Broken[] = []
  if (!role.accepts.some(({ hardware }) => hardware === pool.pool.hardware))
    broken.push({ rule: 'sitsOnAcceptedHardware', subject, found: pool.pool.hardware })
  return [
    ...broken,
    ...countRules(subject, role, part),
    ...besideRules(subject, role, part, pool),
    ...nodeRules(subject, role, part, pool),
  ]
}

function countRules(subject: string, role: Role, part: Part): Broken[] {
  const broken: Broken[] = []
  const each = role.acceleratorsPerMember
  let found = 0
  for (const taken of takenByNode([part], part.poolId).values()) {
    found += taken
    if (each === 0 ? taken > 0 : taken % each !== 0)
      broken.push({ rule: 'membersAreWholeOnNodes', subject, found: taken })
  }
  const expected = membersOf(role, found) * each
  if (found !== expected) broken.push({ rule: 'holdsWhatItsRolesAsk', subject, expected, found })
  const isCounted = each === 0 && role.acceleratorMilliPerMember === undefined && part.runs.length === 0
  const cores = isCounted ? Math.ceil((role.members * Math.round(role.cpuCoresPerMember * 1000)) / 1000) : 0
  if (part.cpuCores !== cores)
    broken.push({ rule: 'holdsWhatItsRolesAsk', subject, expected: cores, found: part.cpuCores })
  return broken
}

/** The size of an elastic role that holds so many accelerators; where it has none such, its smallest. */
function membersOf({ members, acceleratorsPerMember, elastic }: Role, held: number): number {
  if (!elastic) return members
  const allowed = elastic.sizes.find((size) => size.members * acceleratorsPerMember === held)
  return (allowed ?? elastic.sizes[0])?.members ?? members
}

function nodeRules(subject: string, role: Role, part: Part, { nodes }: CountedPool): Broken[] {
  const used = [...takenByNode([part], part.poolId).keys()]
  const broken: Broken[] = []
  const units = new Set<number>()
  for (const number of used) {
    const node = nodes[number]
    if (!node || !isInService(node)) broken.push({ rule: 'sitsOnNodesInService', subject, found: number })
    else units.add(unitOf(node, number, role.within.level))
  }
  if (role.within.required && units.size > 1)
    broken.push({ rule: 'topologyIsRespected', subject, expected: role.within.level, found: units.size })
  return broken
}

function unitOf(node: CountedNode, number: number, level: Role['within']['level']): number {
  switch (level) {
    case 'node':
      return number
    case 'domain':
      return node.domain
    case 'block':
      return node.block
    case 'pool':
      return 0
  }
}
