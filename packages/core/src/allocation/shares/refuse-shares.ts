import type { NodeGroup } from '../../capacity/topology.ts'
import type { Role } from '../../demand/gang.ts'
import { SLOTS_MOST } from './node-room.ts'

/** Of a node: beyond any there is, and below what stands for as much as anybody needs. */
const NODE_MOST = { cores: 999_999, memoryMiB: 999_999_999 }
const MEMBER_MOST = { cores: 100_000_000, memoryMiB: 999_999_999 }

/** Whether what a node states of cores and memory can be. */
export function isGoodNode({ acceleratorsPerNode, cpuCoresPerNode, memoryMiBPerNode }: NodeGroup): boolean {
  if (cpuCoresPerNode === undefined && memoryMiBPerNode === undefined) return true
  const areGood =
    isCores(cpuCoresPerNode ?? 0, NODE_MOST.cores) && isMemory(memoryMiBPerNode ?? 0, NODE_MOST.memoryMiB)
  return areGood && acceleratorsPerNode <= SLOTS_MOST
}

/** Whether what a member needs of cores, memory and a share can be: no share beside whole accelerators. */
export function isGoodMember(role: Role): boolean {
  const {
    acceleratorMilliPerMember: milli,
    acceleratorsPerMember,
    cpuCoresPerMember,
    memoryMiBPerMember = 0,
  } = role
  if (!isCores(cpuCoresPerMember, MEMBER_MOST.cores)) return false
  if (!isMemory(memoryMiBPerMember, MEMBER_MOST.memoryMiB)) return false
  if (milli === undefined) return true
  return Number.isSafeInteger(milli) && milli >= 1 && milli <= 999 && acceleratorsPerMember === 0
}

/** To a thousandth, as exactly as a decimal number can say it. */
function isCores(cores: number, most: number): boolean {
  return cores >= 0 && cores <= most && Math.round(cores * 1000) / 1000 === cores
}

function isMemory(mib: number, most: number): boolean {
  return Number.isSafeInteger(mib) && mib >= 0 && mib <= most
}
