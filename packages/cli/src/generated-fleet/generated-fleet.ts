import type { NewFile } from '../files/write-folder.ts'
import { type GeneratedPool, generatedPools } from './machines.ts'
import { PER_DOMAIN, PER_NODE, tenantLines, workText } from './work.ts'

/** Racks that share a leaf of the network. */
const DOMAINS_PER_BLOCK = 8

export interface FleetAsked {
  readonly domains: number
  readonly providers: number
  readonly seed: number
}

export interface GeneratedFleet {
  readonly files: readonly NewFile[]
  readonly pools: readonly GeneratedPool[]
  readonly accelerators: number
}

/** A portfolio whose fleet has so many GB300 NVL72 racks, with tenants, quotas and work that fills it; the same one for the same seed. */
export function generateFleet(asked: FleetAsked): GeneratedFleet {
  const pools = generatedPools(asked)
  const files = [
    { path: 'offtake.yaml', text: settingsText(asked) },
    { path: 'fleet/pools.yaml', text: fleetText(pools) },
    { path: 'workloads/work.yaml', text: workText(asked.domains) },
  ]
  return { files, pools, accelerators: asked.domains * PER_DOMAIN }
}

function settingsText({ domains, providers, seed }: FleetAsked): string {
  return `# Made by: offtake generate fleet DIR --domains ${domains} --providers ${providers} --seed ${seed}
# Nothing in it stands for anybody's real machines.
name: Generated fleet of ${domains} racks
currency: USD
horizon: { start: 2026-01-01, until: 2028-01-01 }
window: { start: 2026-06-01, until: 2026-06-03 }
asOf: 2026-05-31
seed: ${seed}
reclaimNotice: 10m
tenants:
${tenantLines(domains).join('\n')}
`
}

function fleetText(pools: readonly GeneratedPool[]): string {
  const nodes = PER_DOMAIN / PER_NODE
  const lines = pools.map(
    ({ provider, region, domains }) => `  - provider: ${provider}
    region: ${region}
    hardware: gb300-nvl72
    nodes: [{ domains: ${domains}, nodesPerDomain: ${nodes}, acceleratorsPerNode: ${PER_NODE}, domainsPerBlock: ${DOMAINS_PER_BLOCK} }]
`,
  )
  return `# GB300 NVL72 racks in blocks of ${DOMAINS_PER_BLOCK}, there from the start.
pools:
${lines.join('')}`
}
