import { deliverTranche, showAgreement } from '@offtake/contract/api/agreement-routes'
import { formatCount } from '@offtake/contract/text/format-number'
import type { Agreement, Line, Tranche } from '@offtake/core/agreements/agreement'
import { stateAt } from '@offtake/core/agreements/lifecycle'
import { formatDate, type Instant } from '@offtake/core/base/instant'
import { isoOf } from '../http/iso.ts'
import { type Finder, type Found, type Looked, severityBy } from './finder.ts'

/** Deliveries that are late or due, and of which nobody has said that they came. */
export const TRANCHES: Finder = {
  shown: showAgreement,
  settled: deliverTranche,
  find: (looked) =>
    (looked.current?.portfolio.agreements ?? []).flatMap((agreement) => ofAgreement(agreement, looked)),
}

function ofAgreement(agreement: Agreement, looked: Looked): Found[] {
  if (!isDelivered(agreement, looked.at)) return []
  return agreement.lines.flatMap((line) =>
    line.tranches.flatMap((tranche) => ofTranche(agreement, line, tranche, looked)),
  )
}

/** Capacity that is bought as it is used is not handed over. */
function isDelivered(agreement: Agreement, at: Instant): boolean {
  const { binding, instrument } = agreement
  const isHandedOver = instrument === 'capacity' || instrument === 'spend' || instrument === 'owned'
  const state = stateAt(agreement, at)
  return binding && isHandedOver && (state === 'signed' || state === 'active')
}

function ofTranche(agreement: Agreement, line: Line, tranche: Tranche, { at, until }: Looked): Found[] {
  if (tranche.delivered !== undefined) return []
  const promised = tranche.promised.value
  const due = tranche.expected?.value ?? promised
  const what = `${formatCount(tranche.accelerators.value)} ${line.hardware} of ${agreement.id} (${line.id}/${tranche.id})`
  const found = (kind: Found['kind'], severity: Found['severity'], text: string): Found => ({
    id: `${kind}/${agreement.id}/${line.id}/${tranche.id}`,
    kind,
    severity,
    due: isoOf(due),
    text,
    subject: { agreement: agreement.id, line: line.id, tranche: tranche.id, provider: agreement.provider },
  })
  if (due <= at)
    return [
      found(
        'trancheOverdue',
        'urgent',
        `${what} were due on ${formatDate(due)}, and no delivery is on record`,
      ),
    ]
  if (due > promised) {
    const text = `${what} come late: promised for ${formatDate(promised)}, now expected on ${formatDate(due)}`
    return [found('trancheLate', due <= until ? 'soon' : 'notice', text)]
  }
  return due <= until
    ? [found('trancheDue', severityBy(due, at), `${what} are due on ${formatDate(due)}`)]
    : []
}
