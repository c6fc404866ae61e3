import type { DomainColumn, FleetMapView, MappedPool } from '@offtake/contract/api/fleet-map-routes'

/** Named here, since the contract's own list comes with the library that checks it. */
const COLUMNS: readonly DomainColumn[] = [
  'block',
  'total',
  'free',
  'held',
  'borrowed',
  'askedBack',
  'tenant',
  'up',
  'draining',
  'out',
  'failed',
  'spare',
]

type Columns = Readonly<Record<DomainColumn, Float64Array>>

/** A pool, whose domains are numbered through the whole fleet: domain d of it is `offset + d`. */
export interface PoolOnMap {
  readonly id: string
  readonly provider: string
  readonly region: string
  readonly hardware: string
  readonly fabric: string
  readonly isSimulated: boolean
  readonly offset: number
  readonly domains: number
  readonly stretches: MappedPool['stretches']
}

/** What changed with an answer: these domains, or what there is at all. */
type Changed = { readonly kind: 'all' } | { readonly kind: 'some'; readonly domains: readonly number[] }

/** The fleet as the map draws it: a number for every domain in each column, and what came since put in its place. */
export class FleetState {
  mark: string | undefined
  tenants: readonly string[] = []
  pools: readonly PoolOnMap[] = []
  columns: Columns = columnsOf(0)
  /** In all. */
  domains = 0

  /** Takes in an answer; says what it changed. */
  take(view: FleetMapView): Changed {
    this.mark = view.mark
    this.tenants = view.tenants
    if (view.whole) return this.#takeAll(view)
    const domains: number[] = []
    for (const pool of view.pools) {
      const known = this.poolOf(pool.id)
      if (known) this.#patch(known, pool, domains)
    }
    return { kind: 'some', domains }
  }

  poolOf(id: string): PoolOnMap | undefined {
    return this.pools.find((pool) => pool.id === id)
  }

  /** The pool that a domain of the whole fleet belongs to. */
  poolAt(at: number): PoolOnMap | undefined {
    let [low, high] = [0, this.pools.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.pools[middle]?.offset ?? 0) <= at) low = middle
      else high = middle - 1
    }
    const pool = this.pools[low]
    return pool && at >= pool.offset && at < pool.offset + pool.domains ? pool : undefined
  }

  value(column: DomainColumn, at: number): number {
    return this.columns[column][at] ?? 0
  }

  tenantAt(at: number): string | undefined {
    return this.tenants[this.value('tenant', at)]
  }

  #takeAll({ pools }: FleetMapView): Changed {
    let offset = 0
    this.pools = pools.map((pool) => {
      const placed = placedAt(pool, offset)
      offset += pool.domains
      return placed
    })
    this.domains = offset
    this.columns = columnsOf(offset)
    for (const [n, pool] of pools.entries()) {
      const at = this.pools[n]?.offset ?? 0
      for (const name of COLUMNS) this.columns[name].set(pool[name], at)
    }
    return { kind: 'all' }
  }

  #patch({ offset }: PoolOnMap, pool: MappedPool, changed: number[]): void {
    const numbers = pool.domain ?? pool.block.map((_, n) => n)
    for (const [n, domain] of numbers.entries()) {
      for (const name of COLUMNS) this.columns[name][offset + domain] = pool[name][n] ?? 0
      changed.push(offset + domain)
    }
  }
}

function placedAt(pool: MappedPool, offset: number): PoolOnMap {
  const { id, provider, region, hardware, fabric, simulated, domains, stretches } = pool
  return { id, provider, region, hardware, fabric, isSimulated: simulated, offset, domains, stretches }
}

function columnsOf(domains: number): Columns {
  return Object.fromEntries(COLUMNS.map((name) => [name, new Float64Array(domains)])) as Columns
}
