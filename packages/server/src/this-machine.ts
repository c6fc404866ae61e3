import { instant } from '@offtake/core/base/instant'
import { poolOf } from '@offtake/core/capacity/pool'
import type { Due } from './supply.ts'

/** The pool of the machine that serves: its gangs are real processes. */
export const THIS_MACHINE = poolOf({
  provider: 'this-machine',
  region: 'local',
  hardware: 'slot',
  fabric: 'default',
})

/** One node a core, and two at least, so that a drain of one can be seen; the number at the first start stays. */
export function thisMachine(cores: number): Due[] {
  const domains = Math.max(2, cores)
  const nodes = [{ domains, nodesPerDomain: 1, acceleratorsPerNode: 1, domainsPerBlock: domains }]
  return [
    { at: instant(0), key: 'this-machine', command: { kind: 'openPool', pool: THIS_MACHINE } },
    {
      at: instant(0),
      key: 'this-machine nodes',
      command: { kind: 'addNodes', poolId: THIS_MACHINE.id, nodes },
    },
  ]
}
