import type { NodeHolders } from '../node-holders.ts'
import type { Broken } from './broken.ts'
import { type CountedPool, type Recount, takenByNode } from './recount.ts'

/** Who is said to sit on each node, against what the events placed there. */
export function holderRules(recount: Recount, pool: CountedPool, holders: NodeHolders): Broken[] {
  const { id } = pool.pool
  const sitting = new Map<number, string[]>()
  for (const { gang, parts = [] } of recount.gangs.values()) {
    for (const node of takenByNode(parts, id).keys())
      sitting.set(node, [...(sitting.get(node) ?? []), gang.id])
  }
  return pool.nodes.flatMap((_, n) => {
    const expected = (sitting.get(n) ?? []).sort().join()
    const found = holders
      .on(n, n + 1)
      .map(({ gang }) => gang.id)
      .sort()
      .join()
    return expected === found
      ? []
      : [{ rule: 'holdersAreKnown' as const, subject: `${id}#${n}`, expected, found }]
  })
}
