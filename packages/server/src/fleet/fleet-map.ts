import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  DOMAIN_COLUMNS,
  type DomainColumn,
  type DomainStretch,
  type FleetMapView,
  type MappedPool,
} from '@offtake/contract/api/fleet-map-routes'
import type { Allocator } from '@offtake/core/allocation/allocator'
import type { PoolState } from '@offtake/core/allocation/pool-state'
import type { NodeGroup } from '@offtake/core/capacity/topology'
import type { Engine } from '../engine/engine.ts'
import { adapterOf } from './adapter-of.ts'
import { type Columns, columnsOf, TenantPlaces } from './domain-columns.ts'

/** What it sees of the engine. */
type Seen = Pick<Engine, 'allocator' | 'seq' | 'listen'>

/** A look at the whole fleet takes at most one part in so many of the time. */
const ONE_IN = 5

interface Drawn {
  readonly pool: PoolState
  readonly columns: Columns
  /** The number of the look that first saw each domain as it is. */
  readonly changedAt: Float64Array
}

/** One look at the fleet, and what came of those before it. */
interface Look {
  /** Looks with the same name follow one another, and saw the same domains. */
  readonly name: string
  readonly number: number
  readonly seq: number
  readonly places: TenantPlaces
  readonly pools: readonly Drawn[]
}

interface Asked {
  /** The mark of a map that was read. */
  readonly since?: string
  readonly pool?: string
}

/** The fleet by domains, for many who look at it often: it is gone through once for all of them, and they are told what has changed. */
export class FleetMap {
  readonly #engine: Seen
  #look: Look | undefined
  /** Until when nobody looks again. */
  #freshUntil = 0
  /** The one that many wait for. */
  #next: Promise<Look> | undefined

  constructor(engine: Seen) {
    this.#engine = engine
    // What was seen may not have become durable, or another leads by now: what was told before is told again.
    engine.listen({
      entry: () => undefined,
      recovered: () => {
        this.#look = undefined
      },
    })
  }

  async view({ since, pool: only }: Asked): Promise<FleetMapView> {
    const { name, number, seq, places, pools } = await this.#now()
    const after = since === undefined ? undefined : numberOf(since, name)
    const seen = pools.filter(({ pool }) => only === undefined || pool.pool.id === only)
    return {
      seq,
      mark: `${name}.${number}`,
      whole: after === undefined,
      tenants: [...places.ids],
      pools: seen.flatMap((drawn) => {
        if (after === undefined) return [mapped(drawn, null)]
        const changed = changedAfter(drawn, after)
        return changed.length === 0 ? [] : [mapped(drawn, changed)]
      }),
    }
  }

  /** As the fleet is now, or as it will be in a moment: whoever has changed something sees it. */
  #now(): Look | Promise<Look> {
    // Where another process leads, the allocator is not to be had, and what was seen here is of no use.
    const { allocator, seq } = this.#engine
    const before = this.#look
    if (before?.seq === seq) return before
    const pause = this.#freshUntil - performance.now()
    if (!before || pause <= 0) return this.#lookAgain(allocator, seq)
    this.#next ??= sleep(pause).then(() => {
      this.#next = undefined
      return this.#lookAgain(this.#engine.allocator, this.#engine.seq)
    })
    return this.#next
  }

  #lookAgain({ state }: Allocator, seq: number): Look {
    const began = performance.now()
    const before = this.#look
    const places = before?.places ?? new TenantPlaces()
    const columns = columnsOf(state, places)
    const look = { seq, places, ...following(before, state.pools, columns) }
    const ended = performance.now()
    this.#freshUntil = ended + (ended - began) * (ONE_IN - 1)
    this.#look = look
    return look
  }
}

/** The number in a mark of looks of this name. */
function numberOf(mark: string, name: string): number | undefined {
  const [of, number] = mark.split('.')
  return of === name && number !== undefined && /^\d{1,15}$/.test(number) ? Number(number) : undefined
}

/** Where there are other domains than before, all is told anew. */
function following(
  before: Look | undefined,
  pools: readonly PoolState[],
  columns: readonly Columns[],
): Pick<Look, 'name' | 'number' | 'pools'> {
  const isAlike =
    before?.pools.length === pools.length &&
    before.pools.every((one, n) => one.changedAt.length === columns[n]?.block.length)
  const same = isAlike ? before : undefined
  const number = (same?.number ?? 0) + 1
  const drawn = pools.map((pool, n): Drawn => {
    const now = columns[n] as Columns
    return { pool, columns: now, changedAt: changesOf(same?.pools[n], now, number) }
  })
  return { name: same?.name ?? randomUUID(), number, pools: drawn }
}

function changesOf(before: Drawn | undefined, now: Columns, look: number): Float64Array {
  const domains = now.block.length
  if (!before) return new Float64Array(domains).fill(look)
  const changed = before.changedAt.slice()
  for (const name of DOMAIN_COLUMNS) {
    const [old, latest] = [before.columns[name], now[name]]
    for (let domain = 0; domain < domains; domain++)
      if (old[domain] !== latest[domain]) changed[domain] = look
  }
  return changed
}

function changedAfter({ changedAt }: Drawn, look: number): number[] {
  const changed: number[] = []
  for (let domain = 0; domain < changedAt.length; domain++)
    if ((changedAt[domain] as number) > look) changed.push(domain)
  return changed
}

function mapped({ pool: { pool, groups }, columns }: Drawn, domain: number[] | null): MappedPool {
  const { id, provider, region, hardware, fabric } = pool
  const told = DOMAIN_COLUMNS.map((name): [DomainColumn, number[]] => {
    const column = columns[name]
    return [name, domain ? domain.map((at) => column[at] as number) : [...column]]
  })
  return {
    id,
    provider,
    region,
    hardware,
    fabric,
    simulated: adapterOf(id).isSimulated,
    domains: columns.block.length,
    stretches: stretchesOf(groups),
    domain,
    ...(Object.fromEntries(told) as Record<DomainColumn, number[]>),
  }
}

/** Groups that follow one another in one shape, as one. */
function stretchesOf(groups: readonly NodeGroup[]): DomainStretch[] {
  const stretches: DomainStretch[] = []
  let firstDomain = 0
  for (const { domains, nodesPerDomain, acceleratorsPerNode, domainsPerBlock } of groups) {
    const last = stretches.at(-1)
    const isAlike =
      last?.nodesPerDomain === nodesPerDomain &&
      last.acceleratorsPerNode === acceleratorsPerNode &&
      last.domainsPerBlock === domainsPerBlock
    if (isAlike) stretches[stretches.length - 1] = { ...last, domains: last.domains + domains }
    else stretches.push({ firstDomain, domains, nodesPerDomain, acceleratorsPerNode, domainsPerBlock })
    firstDomain += domains
  }
  return stretches
}
