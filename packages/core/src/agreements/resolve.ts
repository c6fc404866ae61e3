import { assert } from '../base/assert.ts'
import type { Instant } from '../base/instant.ts'
import { later } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import type { Agreement, Line, Tranche } from './agreement.ts'
import type { Grant } from './grant.ts'
import type { PriceBook, PriceContext } from './price.ts'
import { takeOrPayOf } from './take-or-pay.ts'
import { currentTerm, statedTerm } from './term.ts'

/**
 * What-if delays in milliseconds, keyed by `agreement/line` or `agreement/line/tranche`; the narrower key goes first.
 * What has been handed over does not slip.
 */
export type Slips = ReadonlyMap<string, number>

export const NO_SLIPS: Slips = new Map()

/**
 * Every tranche as dated accelerators: from its delivery, else its expected, else its promised date, plus a slip that is asked
 * for, to the end of the term. A tranche that comes after the end gives nothing. Whether the grants count as usable capacity
 * is decided over all agreements together, by `standing.ts`.
 */
export function resolveAgreement(agreement: Agreement, slips: Slips = NO_SLIPS): Grant[] {
  return grantsOf(agreement, (line, tranche) => deliveryOf(agreement, line, tranche, slips))
}

/** When a tranche was handed over, or will be as far as is known: as expected, else as promised, plus a slip. */
export function deliveryOf(agreement: Agreement, line: Line, tranche: Tranche, slips: Slips): Delivery {
  if (tranche.delivered !== undefined) return { start: tranche.delivered, assumed: false }
  const { value, provenance } = tranche.expected ?? tranche.promised
  return {
    start: later(value, slipOf(agreement, line, tranche, slips)),
    assumed: provenance.kind === 'assumed',
  }
}

/** The same grants as they were promised: no lateness, no slip. */
export function promisedGrants(agreement: Agreement): Grant[] {
  return grantsOf(agreement, (_, { promised }) => ({
    start: promised.value,
    assumed: promised.provenance.kind === 'assumed',
  }))
}

/** What `price.ts` must know of a grant to price its time. */
export function priceContextOf(grant: Grant, prices: PriceBook): PriceContext {
  return { term: grant.term, lineAccelerators: grant.lineAccelerators, prices }
}

/** Keys of slips that would change nothing: no such line or tranche, or all of it has been handed over. */
export function unusedSlips(agreements: readonly Agreement[], slips: Slips): string[] {
  const usable = new Set<string>()
  for (const agreement of agreements)
    for (const line of agreement.lines)
      for (const tranche of line.tranches) {
        if (tranche.delivered !== undefined) continue
        usable.add(lineKey(agreement, line)).add(trancheKey(agreement, line, tranche))
      }
  return [...slips.keys()].filter((key) => !usable.has(key))
}

interface Delivery {
  readonly start: Instant
  readonly assumed: boolean
}

function grantsOf(agreement: Agreement, deliver: (line: Line, tranche: Tranche) => Delivery): Grant[] {
  return agreement.lines.flatMap((line) => {
    const delivered = line.tranches.map((tranche) =>
      grantOf(agreement, line, tranche, deliver(line, tranche)),
    )
    return (line.tranches.length > 0 ? delivered : withoutAccelerators(agreement, line)).filter(
      ({ span }) => span.start < span.until,
    )
  })
}

function grantOf(agreement: Agreement, line: Line, tranche: Tranche, delivery: Delivery): Grant {
  const term = currentTerm(agreement)
  return {
    ...sharedBy(agreement, line),
    id: trancheKey(agreement, line, tranche),
    accelerators: tranche.accelerators.value,
    cpuCores: coresOf(line, tranche),
    promised: notBefore(tranche.promised.value, term),
    span: { start: notBefore(delivery.start, term), until: term.until },
    quantityAssumed: tranche.accelerators.provenance.kind === 'assumed',
    datesAssumed: delivery.assumed || agreement.term.until.provenance.kind === 'assumed',
  }
}

/** CPU cores alone, or a sum for the line as a whole, during the whole term; a mere list price grants nothing. */
function withoutAccelerators(agreement: Agreement, line: Line): Grant[] {
  if (line.cpuCores === undefined && line.price.kind === 'perAcceleratorHour') return []
  const term = currentTerm(agreement)
  const { start, until } = agreement.term
  return [
    {
      ...sharedBy(agreement, line),
      id: lineKey(agreement, line),
      accelerators: 0,
      cpuCores: line.cpuCores?.value ?? 0,
      promised: term.start,
      span: term,
      quantityAssumed: line.cpuCores?.provenance.kind === 'assumed',
      datesAssumed: [start, until].some(({ provenance }) => provenance.kind === 'assumed'),
    },
  ]
}

/** The tranche's part of the line's cores; the parts add up, whatever does not divide falls to later tranches. */
function coresOf(line: Line, tranche: Tranche): number {
  const cores = line.cpuCores?.value ?? 0
  const accelerators = acceleratorsOfLine(line)
  if (accelerators === 0) return line.tranches[0] === tranche ? cores : 0
  const upTo = acceleratorsOfLine({ tranches: line.tranches.slice(0, line.tranches.indexOf(tranche)) })
  const coresUpTo = (sum: number): number => Math.floor((cores * sum) / accelerators)
  return coresUpTo(upTo + tranche.accelerators.value) - coresUpTo(upTo)
}

function sharedBy(agreement: Agreement, line: Line) {
  return {
    agreementId: agreement.id,
    lineId: line.id,
    binding: agreement.binding,
    provider: agreement.provider,
    region: line.region,
    hardware: line.hardware,
    fabric: line.fabric,
    price: line.price,
    takeOrPay: takeOrPayOf(agreement, line),
    ...(line.losses ? { losses: line.losses } : {}),
    term: statedTerm(agreement),
    lineAccelerators: acceleratorsOfLine(line),
  }
}

/** What all tranches of a line promise together. */
export function acceleratorsOfLine(line: Pick<Line, 'tranches'>): number {
  return line.tranches.reduce((sum, tranche) => sum + tranche.accelerators.value, 0)
}

function slipOf(agreement: Agreement, line: Line, tranche: Tranche, slips: Slips): number {
  const ms = slips.get(trancheKey(agreement, line, tranche)) ?? slips.get(lineKey(agreement, line)) ?? 0
  assert(ms >= 0 && Number.isSafeInteger(ms), 'a slip is a whole number of milliseconds, not below zero')
  return ms
}

function notBefore(at: Instant, term: Span): Instant {
  return at < term.start ? term.start : at
}

function lineKey(agreement: Agreement, line: Line): string {
  return `${agreement.id}/${line.id}`
}

function trancheKey(agreement: Agreement, line: Line, tranche: Tranche): string {
  return `${agreement.id}/${line.id}/${tranche.id}`
}
