import { ANYWHERE, type Role } from '../../demand/gang.ts'
import type { NodeRun } from '../events.ts'
import { fillDomain, membersIn } from '../fill-domain.ts'
import type { FreeIndex } from '../free-index.ts'
import { chooseNodes } from '../placement.ts'

/**
 * Nodes for so many more members of a role that sits on `held`, as close to those as there is room, and no further away than
 * the role allows; nothing where there is too little. Changes nothing.
 */
export function moreRoom(
  index: FreeIndex,
  held: readonly NodeRun[],
  { acceleratorsPerMember: each, within }: Pick<Role, 'acceleratorsPerMember' | 'within'>,
  members: number,
): readonly NodeRun[] | undefined {
  const [home] = held
  if (!home || index.free < members * each) return undefined
  const level = within.required ? within.level : 'pool'
  if (level === 'node') {
    const accelerators = members * each
    return index.freeOf(home.first) >= accelerators
      ? [{ first: home.first, nodes: 1, each: accelerators }]
      : undefined
  }
  const found: NodeRun[] = []
  let rest = members
  const takeFrom = (domains: Iterable<number>): void => {
    for (const domain of domains) {
      const here = Math.min(rest, membersIn(index, domain, each))
      if (here === 0) continue
      const runs = fill(index, domain, here, each)
      index.take(runs)
      found.push(...runs)
      rest -= here
    }
  }
  const own = domainsOf(index, held)
  takeFrom(own)
  if (rest > 0 && level !== 'domain')
    for (const block of new Set(own.map((domain) => index.blockOf(domain))))
      takeFrom(emptiestFirst(index, block))
  const elsewhere =
    rest > 0 && level === 'pool' ? chooseNodes(index, { members: rest, each, within: ANYWHERE }) : undefined
  index.give(found)
  if (rest === 0) return found
  return elsewhere && [...found, ...elsewhere]
}

function fill(index: FreeIndex, domain: number, members: number, each: number): NodeRun[] {
  index.chosen.clear()
  fillDomain(index, domain, members, each)
  return index.chosen.toRuns()
}

/** In order of number. */
function domainsOf(index: FreeIndex, held: readonly NodeRun[]): number[] {
  const domains = new Set<number>()
  for (const { first, nodes } of held) {
    const last = index.domainOf(first + nodes - 1)
    for (let domain = index.domainOf(first); domain <= last; domain++) domains.add(domain)
  }
  return [...domains].sort((a, b) => a - b)
}

/** So that few domains are touched. */
function emptiestFirst(index: FreeIndex, block: number): number[] {
  const first = index.firstDomainOf(block)
  const domains = Array.from({ length: index.domainsOf(block) }, (_, n) => first + n)
  return domains.sort((a, b) => index.freeInDomain(b) - index.freeInDomain(a) || a - b)
}
