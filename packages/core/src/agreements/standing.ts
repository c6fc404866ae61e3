import type { Agreement } from './agreement.ts'

/**
 * Whether an agreement is part of the sums over a portfolio, or shown beside them, and why.
 * counted: binding and not counted elsewhere · overlapping: binding, but its accelerators are (partly) those of agreements
 * counted already · notBinding · contingent: a backstop, due only if capacity stays idle · draft: not signed.
 */
export type Standing =
  | { readonly kind: 'counted' }
  | { readonly kind: 'overlapping'; readonly with: readonly string[] }
  | { readonly kind: 'notBinding' }
  | { readonly kind: 'contingent' }
  | { readonly kind: 'draft' }

/**
 * The standing of every agreement, by id. Of agreements that overlap (whichever of them says so) one is counted: cloud service
 * before hardware before power, then binding ones, then the one signed first, then by id; the others are shown with what they
 * overlap.
 */
export function standingsOf(agreements: readonly Agreement[]): ReadonlyMap<string, Standing> {
  const standings = new Map(agreements.map((agreement) => [agreement.id, standingAlone(agreement)]))
  const candidates = agreements.filter(({ id }) => standings.get(id)?.kind === 'counted')
  for (const [id, rivals] of rivalsOf(candidates)) {
    if (rivals.length > 0) standings.set(id, { kind: 'overlapping', with: rivals })
  }
  return standings
}

/**
 * The agreements whose accelerators can be used: signed, a cloud service or owned hardware, binding (or marked as planned on),
 * and not overlapping another one. Chips and power that another party will run count only through the cloud agreement that
 * delivers them; a backstop gives its buyer nothing to plan on.
 */
export function usableAgreements(agreements: readonly Agreement[]): Agreement[] {
  const candidates = agreements.filter((agreement) => {
    const { kind } = standingAlone(agreement)
    const isRun = agreement.layer === 'cloud' || agreement.instrument === 'owned'
    return isRun && (kind === 'counted' || (kind === 'notBinding' && agreement.plannedOn === true))
  })
  const rivals = rivalsOf(candidates)
  return candidates.filter(({ id }) => rivals.get(id)?.length === 0)
}

/** For each agreement those that are counted in its stead. */
function rivalsOf(candidates: readonly Agreement[]): Map<string, string[]> {
  const rivals = new Map<string, string[]>()
  const counted: Agreement[] = []
  for (const agreement of [...candidates].sort(byPrecedence)) {
    const before = counted.filter((other) => names(agreement, other) || names(other, agreement))
    if (before.length === 0) counted.push(agreement)
    rivals.set(
      agreement.id,
      before.map(({ id }) => id),
    )
  }
  return rivals
}

function standingAlone(agreement: Agreement): Standing {
  if (agreement.status === 'draft') return { kind: 'draft' }
  if (agreement.instrument === 'backstop') return { kind: 'contingent' }
  if (agreement.instrument === 'letterOfIntent') return { kind: 'notBinding' }
  // Paid as used: nothing is bound on either side, and yet it can be used.
  if (agreement.instrument === 'onDemand' || agreement.instrument === 'spot') return { kind: 'counted' }
  if (!agreement.binding) return { kind: 'notBinding' }
  return { kind: 'counted' }
}

const LAYERS = ['cloud', 'hardware', 'power'] as const

function byPrecedence(a: Agreement, b: Agreement): number {
  return (
    LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer) ||
    Number(b.binding) - Number(a.binding) ||
    (a.signed ?? Number.MAX_SAFE_INTEGER) - (b.signed ?? Number.MAX_SAFE_INTEGER) ||
    (a.id < b.id ? -1 : 1)
  )
}

function names(a: Agreement, b: Agreement): boolean {
  return a.overlaps.some(({ agreement }) => agreement === b.id)
}
