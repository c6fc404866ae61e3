import type { AddressChange } from './go.ts'
import type { FleetModel } from './map/fleet-model.ts'

interface Findable {
  readonly value: string
  readonly leadsTo: AddressChange
}

interface FindableGroup {
  readonly group: string
  readonly items: readonly Findable[]
}

const MOST = 8

/** What a text may mean: tenants and pools by a part of their names, domains by their number, jobs by their id. */
export function findable(
  { state }: FleetModel,
  text: string,
  jobs: readonly string[],
  inPool: string | undefined,
): FindableGroup[] {
  const typed = text.trim().toLowerCase()
  const isLike = (name: string): boolean => name.toLowerCase().includes(typed)
  const tenants = state.tenants.filter(isLike).toSorted().slice(0, MOST)
  const pools = state.pools.filter(({ id }) => isLike(id)).slice(0, MOST)
  const groups: FindableGroup[] = [
    {
      group: 'Tenants',
      items: tenants.map((tenant) => ({ value: tenant, leadsTo: { tenant, job: undefined } })),
    },
    {
      group: 'Pools',
      items: pools.map(({ id }) => ({
        value: id,
        leadsTo: { pool: id, domain: undefined, node: undefined },
      })),
    },
    { group: 'Domains', items: domainsOf(state, typed, inPool) },
    { group: 'Jobs', items: typed === '' ? [] : jobItems(text.trim(), jobs) },
  ]
  return groups.filter(({ items }) => items.length > 0)
}

/** "97", "west 97" or "alder/west/gb300-nvl72 97": the number, in the pools that are meant. */
function domainsOf(state: FleetModel['state'], typed: string, inPool: string | undefined): Findable[] {
  const [, where = '', digits] = /^(.*?)(?:^|[\s#])(?:domain\s*)?(\d{1,9})$/.exec(typed) ?? []
  if (digits === undefined) return []
  const domain = Number(digits)
  const pools = state.pools
    .filter(({ id, domains }) => domain < domains && id.toLowerCase().includes(where.trim()))
    .sort((a, b) => Number(b.id === inPool) - Number(a.id === inPool))
  return pools.slice(0, MOST).map(({ id }) => ({
    value: `Domain ${domain} of ${id}`,
    leadsTo: { pool: id, domain, node: undefined },
  }))
}

function jobItems(typed: string, jobs: readonly string[]): Findable[] {
  const ids = [...new Set([...jobs, typed])]
  return ids.map((job) => ({ value: `Job ${job}`, leadsTo: { job, tenant: undefined } }))
}
