import type { FleetMapView, MappedPool } from '@offtake/contract/api/fleet-map-routes'

interface Drawn {
  readonly id: string
  readonly domains: number
  readonly perBlock?: number
}

const PER_DOMAIN = 72
const NODES = 18

/** What the server tells of a fleet in which nobody holds anything yet. */
export function fleetView(pools: readonly Drawn[]): FleetMapView {
  return { seq: 1, mark: 'a.1', whole: true, tenants: ['chat', 'batch'], pools: pools.map(poolOf) }
}

function poolOf({ id, domains, perBlock = 8 }: Drawn): MappedPool {
  const [provider = '', region = '', hardware = ''] = id.split('/')
  const all = (value: number): number[] => Array.from({ length: domains }, () => value)
  return {
    id,
    provider,
    region,
    hardware,
    fabric: 'default',
    simulated: true,
    domains,
    stretches: [
      { firstDomain: 0, domains, nodesPerDomain: NODES, acceleratorsPerNode: 4, domainsPerBlock: perBlock },
    ],
    domain: null,
    block: all(0).map((_, n) => Math.floor(n / perBlock)),
    total: all(PER_DOMAIN),
    free: all(PER_DOMAIN),
    held: all(0),
    borrowed: all(0),
    askedBack: all(0),
    tenant: all(-1),
    up: all(NODES),
    draining: all(0),
    out: all(0),
    failed: all(0),
    spare: all(0),
  }
}
