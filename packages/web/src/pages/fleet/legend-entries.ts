import type { FleetModel } from './map/fleet-model.ts'
import { type ColourMode, type Kind, kindOfCode } from './map/looks.ts'
import { OTHER_TENANTS } from './map/tenant-colours.ts'

export interface LegendEntry {
  readonly kind: Kind
  readonly label: string
  readonly domains: number
  /** Whom it stands for, where it is one tenant. */
  readonly tenant?: string
}

/** In the order in which they are read; those with nothing to count are left out where they need not be known. */
const KINDS_OF: Readonly<Record<ColourMode, readonly (readonly [Kind, string])[]>> = {
  tenant: [
    ['free', 'Nobody'],
    ['out', 'Out of service'],
  ],
  lending: [
    ['own', 'Held by its owner'],
    ['borrowed', 'Borrowed from others'],
    ['askedBack', 'Asked back by its owner'],
    ['free', 'Free'],
    ['out', 'Out of service'],
  ],
  health: [
    ['works', 'All nodes work'],
    ['draining', 'Draining'],
    ['out', 'Nodes out of service'],
    ['failed', 'Nodes failed'],
  ],
  fragments: [
    ['whole', 'Free as a whole'],
    ['partly', 'Partly free: a fragment'],
    ['full', 'Full'],
    ['out', 'Out of service'],
  ],
}

/** What the colours of a mode mean, with how many domains are so. */
export function entriesOf({ state, looks, colours }: FleetModel, mode: ColourMode): LegendEntry[] {
  const domains = new Map<Kind, number>()
  if (looks.mode === mode)
    for (const code of looks.codes) {
      const kind = kindOfCode(code)
      domains.set(kind, (domains.get(kind) ?? 0) + 1)
    }
  const plain = KINDS_OF[mode].map(([kind, label]) => ({ kind, label, domains: domains.get(kind) ?? 0 }))
  if (mode !== 'tenant') return plain
  const named = colours.named.map((tenant, colour) => {
    const kind = `tenant${colour}` as Kind
    return { kind, label: tenant, domains: domains.get(kind) ?? 0, tenant }
  })
  const others =
    state.tenants.length > named.length ? (domains.get(`tenant${OTHER_TENANTS}` as Kind) ?? 0) : 0
  return [
    ...named.filter((entry) => entry.domains > 0),
    ...(others > 0 ? [{ kind: 'tenant7' as Kind, label: 'Others', domains: others }] : []),
    ...plain,
  ]
}
