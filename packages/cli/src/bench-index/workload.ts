import { type Prng, prng } from '@offtake/core/base/prng'
import { acceleratorsIn, type NodeGroup } from '@offtake/core/capacity/topology'

/** Accelerators of one rack-scale domain: 18 nodes of 4, in blocks of 8 domains (NVIDIA GB200 NVL72, DGX SuperPOD). */
const DOMAIN = { nodesPerDomain: 18, acceleratorsPerNode: 4, domainsPerBlock: 8 } as const
export const DOMAIN_SIZE = DOMAIN.nodesPerDomain * DOMAIN.acceleratorsPerNode

const LARGEST_GANG = 16_384

/** As many whole domains as so many accelerators fill, at least one. */
export function fleetOf(accelerators: number): NodeGroup {
  return { ...DOMAIN, domains: Math.max(1, Math.floor(accelerators / DOMAIN_SIZE)) }
}

export function sizeOf(fleet: NodeGroup): number {
  return acceleratorsIn([fleet])
}

/**
 * Gangs with a heavy tail: the share of those with at least x accelerators falls as 1 ÷ x, up to 16,384 or a sixteenth of
 * the fleet. One larger than a domain takes whole domains.
 */
export function drawSizes(fleet: NodeGroup, count: number, seed: string): Int32Array {
  const chance = prng(seed)
  const largest = Math.max(1, Math.min(LARGEST_GANG, Math.floor(sizeOf(fleet) / 16)))
  return Int32Array.from({ length: count }, () => drawSize(chance, largest))
}

function drawSize(chance: Prng, largest: number): number {
  const size = Math.floor(1 / (1 - chance.next() * (1 - 1 / largest)))
  return size <= DOMAIN_SIZE ? size : Math.floor(size / DOMAIN_SIZE) * DOMAIN_SIZE
}
