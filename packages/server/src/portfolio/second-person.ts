import type { ApprovalReason } from '@offtake/contract/api/approval-routes'
import type { Agreement } from '@offtake/core/agreements/agreement'
import type { Portfolio } from '@offtake/core/simulation/portfolio'

/**
 * Why a change of the portfolio is no one person's decision, whatever way it comes in: agreements that are signed, what binds of
 * signed ones, options that are exercised, and quotas where more accelerators than `quotaAbove` change hands.
 */
export function reasonsForTwo(before: Portfolio, after: Portfolio, quotaAbove: number): ApprovalReason[] {
  const old = new Map(before.agreements.map((agreement) => [agreement.id, agreement]))
  const kept = new Set(after.agreements.filter(isSigned).map(({ id }) => id))
  return [
    ...after.agreements.filter(isSigned).flatMap((agreement) => reasonsOf(old.get(agreement.id), agreement)),
    ...before.agreements
      .filter((agreement) => isSigned(agreement) && !kept.has(agreement.id))
      .map(({ id }) => ({ what: 'agreementRemoved' as const, target: id })),
    ...quotaReasons(before, after, quotaAbove),
  ]
}

function isSigned({ status }: Agreement): boolean {
  return status === 'signed'
}

function reasonsOf(old: Agreement | undefined, agreement: Agreement): ApprovalReason[] {
  const { id } = agreement
  if (!old || !isSigned(old)) return [{ what: 'agreementSigned', target: id }]
  const exercised = agreement.options
    .filter((option) => old.options.find((one) => one.id === option.id)?.exercised !== option.exercised)
    .map((option) => ({ what: 'optionExercised' as const, target: `${id}/${option.id}` }))
  const isChanged = bindingPart(old) !== bindingPart(agreement)
  return [...exercised, ...(isChanged ? [{ what: 'agreementChanged' as const, target: id }] : [])]
}

/** All that binds, as text: no words for people, nothing that only records what has happened, no sources of figures. */
function bindingPart({ title: _, notes: __, unknowns: ___, ...agreement }: Agreement): string {
  const agreed = {
    ...agreement,
    lines: agreement.lines.map((line) => ({
      ...line,
      tranches: line.tranches.map(({ delivered: _delivered, expected: _expected, ...tranche }) => tranche),
    })),
    options: agreement.options.map(({ exercised: _exercised, note: _note, ...option }) => option),
  }
  return JSON.stringify(agreed, (key, value) => {
    if (key === 'provenance' || key === 'source') return undefined
    return typeof value === 'bigint' ? String(value) : value
  })
}

function quotaReasons(before: Portfolio, after: Portfolio, quotaAbove: number): ApprovalReason[] {
  const [old, next] = [quotasOf(before), quotasOf(after)]
  const changes = [...new Set([...old.keys(), ...next.keys()])]
    .map((key) => ({ key, moved: Math.abs((next.get(key) ?? 0) - (old.get(key) ?? 0)) }))
    .filter(({ moved }) => moved > 0)
  const moved = changes.reduce((sum, change) => sum + change.moved, 0)
  if (moved <= quotaAbove) return []
  return changes.map(({ key }) => ({ what: 'quotaChanged', target: key }))
}

/** By tenant and pool. */
function quotasOf({ tenants }: Portfolio): Map<string, number> {
  return new Map(
    tenants.flatMap(({ id, quotas }) =>
      quotas.map(({ pool, accelerators }): [string, number] => [`${id} ${pool}`, accelerators]),
    ),
  )
}
