import { z } from 'zod'
import { poolId } from './pool.ts'
import { READERS } from './role.ts'
import { route } from './route.ts'

/** What is told of each domain, in the order of the columns. */
export const DOMAIN_COLUMNS = [
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
] as const

export type DomainColumn = (typeof DOMAIN_COLUMNS)[number]

const counts = z.array(z.int())
const amounts = z.array(z.number())

const columns = {
  block: counts.describe('the number of its block in the pool'),
  total: counts.describe('accelerators that are there; 0 where all of it was taken away'),
  free: amounts.describe('accelerators that nobody holds, on nodes that take gangs'),
  held: amounts.describe('accelerators that gangs hold, shares as fractions'),
  borrowed: amounts.describe('of those held, what is beyond the own of who holds it: lent by others'),
  askedBack: amounts.describe('of those held, what an owner asked back and is still to be handed over'),
  tenant: counts.describe(
    'who holds most of it, as a place in the list of tenants; -1 where nobody holds any',
  ),
  up: counts.describe('nodes that take gangs'),
  draining: counts.describe('nodes that will be out of service'),
  out: counts.describe('nodes that are out of service, or kept out because they failed too often'),
  failed: counts.describe('nodes that failed'),
  spare: counts.describe('nodes that stand by for others of their domain'),
} satisfies Record<DomainColumn, z.ZodType>

/** Domains of one shape that follow one another. */
const stretch = z.object({
  firstDomain: z.int(),
  domains: z.int(),
  nodesPerDomain: z.int(),
  acceleratorsPerNode: z.int(),
  domainsPerBlock: z.int(),
})

export type DomainStretch = z.output<typeof stretch>

const mappedPool = z.object({
  id: z.string(),
  provider: z.string(),
  region: z.string(),
  hardware: z.string(),
  fabric: z.string(),
  simulated: z.boolean().describe('whether nothing real runs there'),
  domains: z.int().describe('that there are in all, numbered from 0 on'),
  stretches: z.array(stretch).describe('the shapes of its domains, in order of their numbers'),
  domain: z
    .array(z.int())
    .nullable()
    .describe('the numbers of the domains in the columns; null: all of them, in order'),
  ...columns,
})

export type MappedPool = z.output<typeof mappedPool>

const fleetMap = z.object({
  seq: z.int().describe('the number of the last entry of the journal that it shows'),
  mark: z.string().describe('of this map: sent as since, it brings what changed after it'),
  whole: z.boolean().describe('whether all domains are there, and not only those that changed'),
  tenants: z.array(z.string()).describe('the ids that the columns name by their places'),
  pools: z.array(mappedPool),
})

export type FleetMapView = z.output<typeof fleetMap>

export const showFleetMap = route({
  id: 'showFleetMap',
  method: 'GET',
  path: '/v1/fleet/map',
  about:
    'Every domain of every pool, in columns: what is free, who holds it, what is lent, what works. With `since` only those that changed.',
  may: READERS,
  query: z.strictObject({
    since: z
      .string()
      .max(100)
      .exactOptional()
      .describe(
        'the mark of a map that was read: what changed after it is told, or all where that is not known',
      ),
    pool: poolId.exactOptional().describe('this one alone'),
  }),
  answer: fleetMap,
})
