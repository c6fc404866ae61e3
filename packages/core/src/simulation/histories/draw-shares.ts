import type { Prng } from '../../base/prng.ts'
import type { NodeGroup } from '../../capacity/topology.ts'
import type { Role } from '../../demand/gang.ts'
import type { Job } from '../../demand/job.ts'
import type { TimedCommand } from '../simulator.ts'
import { pick } from './wildness.ts'

interface Drawn {
  readonly commands: readonly TimedCommand[]
  readonly jobs: readonly Job[]
}

/** Lets nodes state cores and memory, and members ask for these and for shares: in every second history, one or the other or both. */
export function withShares(chance: Prng, { commands, jobs }: Drawn): Drawn {
  const kind = pick(chance, ['neither', 'neither', 'neither', 'nodes', 'shares', 'both'] as const)
  if (kind === 'neither') return { commands, jobs }
  const state = kind === 'shares' ? (groups: readonly NodeGroup[]) => groups : stating(chance.fork('nodes'))
  const ask = asking(chance.fork('members'), kind)
  return {
    commands: commands.map(({ at, command }) => {
      if (command.kind !== 'addNodes') return { at, command }
      return { at, command: { ...command, nodes: state(command.nodes) } }
    }),
    jobs: jobs.map((job) => ({ ...job, gang: { ...job.gang, roles: ask(job.gang.roles) } })),
  }
}

/** Some groups say nothing of their nodes. */
function stating(chance: Prng): (groups: readonly NodeGroup[]) => readonly NodeGroup[] {
  return (groups) =>
    groups.map((group) => {
      const cores = chance.below(5) === 0 ? undefined : group.acceleratorsPerNode * pick(chance, [1, 1.5, 4])
      const memory = chance.below(3) === 0 ? undefined : group.acceleratorsPerNode * pick(chance, [2, 5])
      return {
        ...group,
        ...(cores === undefined ? {} : { cpuCoresPerNode: cores }),
        ...(memory === undefined ? {} : { memoryMiBPerNode: memory }),
      }
    })
}

/** Roles that were the same stay the same. */
function asking(
  chance: Prng,
  kind: 'nodes' | 'shares' | 'both',
): (roles: readonly Role[]) => readonly Role[] {
  const known = new Map<string, readonly Role[]>()
  return (roles) => {
    const key = JSON.stringify(roles)
    const drawn = known.get(key) ?? roles.map((role) => askingRole(chance, kind, role))
    known.set(key, drawn)
    return drawn
  }
}

function askingRole(chance: Prng, kind: 'nodes' | 'shares' | 'both', role: Role): Role {
  const isForCpuAlone = role.acceleratorsPerMember === 0
  const asksShare = kind !== 'nodes' && !isForCpuAlone && chance.below(2) === 0
  const memory = kind === 'shares' || chance.below(2) === 0 ? {} : { memoryMiBPerMember: 1 + chance.below(6) }
  return {
    ...role,
    ...memory,
    ...(isForCpuAlone ? {} : { cpuCoresPerMember: pick(chance, [0, 0.5, 1, 2.25]) }),
    ...(asksShare
      ? {
          acceleratorsPerMember: 0,
          acceleratorMilliPerMember: pick(chance, [100, 250, 300, 500, 700, 810, 999]),
        }
      : {}),
  }
}
