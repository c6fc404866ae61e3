import type {
  Agreement,
  Commitment,
  Line,
  Option,
  ResaleRight,
  Tranche,
} from '@offtake/core/agreements/agreement'
import { resaleSpan } from '@offtake/core/agreements/resale-span'
import { type TerminationRight, terminationRight } from '@offtake/core/agreements/termination-right'
import { formatDate } from '@offtake/core/base/instant'
import type { Span } from '@offtake/core/base/span'
import { formatCount } from './format-number.ts'
import { sumText } from './money-text.ts'
import { currentPriceRows, type PriceDay, priceRows } from './price-terms.ts'
import { intervalName, optional, percent, type TermRow } from './term-row.ts'

/** A stretch of terms that belong together. */
export interface TermSection {
  readonly title: string
  readonly rows: readonly TermRow[]
}

/** All that an agreement says, in the order in which one reads it; sections of which it says nothing are left out. */
export function termsOf(agreement: Agreement, now: PriceDay): TermSection[] {
  return [
    { title: 'Term', rows: termRows(agreement) },
    { title: 'Commitment', rows: agreement.commitment ? commitmentRows(agreement.commitment) : [] },
    ...agreement.lines.map((line) => ({ title: `Line ${line.id}`, rows: lineRows(line, agreement, now) })),
    { title: 'Payment', rows: paymentRows(agreement) },
    { title: 'Options and renewal', rows: optionRows(agreement) },
    { title: 'Rights of others', rows: rightRows(agreement) },
    { title: 'Remedies and resale', rows: remedyRows(agreement) },
    { title: 'Beside it', rows: besideRows(agreement) },
    { title: 'Documents', rows: documentRows(agreement) },
    { title: 'Not known', rows: agreement.unknowns.map((value) => ({ label: '', value })) },
    { title: 'Notes', rows: agreement.notes.map((value) => ({ label: '', value })) },
  ].filter(({ rows }) => rows.length > 0)
}

function termRows({ term, signed, powerMw }: Agreement): TermRow[] {
  return [
    ...optional(signed, (value) => ({ label: 'signed', value: formatDate(value) })),
    { label: 'starts', value: formatDate(term.start.value), provenance: term.start.provenance },
    { label: 'ends', value: formatDate(term.until.value), provenance: term.until.provenance },
    ...optional(powerMw, ({ value, provenance }) => ({
      label: 'power',
      value: `${formatCount(value)} MW`,
      provenance,
    })),
  ]
}

function commitmentRows({ total, interval, takeOrPay, ramp, carryForward }: Commitment): TermRow[] {
  return [
    { label: 'total', value: sumText(total.value), provenance: total.provenance },
    {
      label: 'take or pay',
      value: `${percent(takeOrPay.value)} by ${intervalName(interval)}`,
      provenance: takeOrPay.provenance,
    },
    ramp
      ? { label: 'ramp', value: ramp.value.map(percent).join('  '), provenance: ramp.provenance }
      : { label: 'ramp', value: 'even over its intervals' },
    {
      label: 'carry forward',
      value: carryForward ? 'use beyond one interval counts towards the next' : 'none',
    },
  ]
}

function lineRows(line: Line, agreement: Agreement, now: PriceDay): TermRow[] {
  const { hardware, region, fabric, price, takeOrPay, cpuCores, tranches } = line
  const place = fabric === 'default' ? region : `${region}, ${fabric}`
  return [
    { label: 'hardware', value: `${hardware} in ${place}` },
    ...priceRows(price),
    ...currentPriceRows(line, agreement, now),
    ...optional(takeOrPay, ({ value, provenance }) => ({
      label: 'take or pay',
      value: percent(value),
      provenance,
    })),
    ...optional(cpuCores, ({ value, provenance }) => ({
      label: 'CPU cores',
      value: formatCount(value),
      provenance,
    })),
    ...tranches.flatMap(trancheRows),
  ]
}

function trancheRows({ id, accelerators, promised, expected, delivered }: Tranche): TermRow[] {
  return [
    {
      label: `tranche ${id}`,
      value: `${formatCount(accelerators.value)} accelerators`,
      provenance: accelerators.provenance,
    },
    { label: '  promised', value: formatDate(promised.value), provenance: promised.provenance },
    ...optional(expected, ({ value, provenance }) => ({
      label: '  expected',
      value: formatDate(value),
      provenance,
    })),
    ...optional(delivered, (value) => ({ label: '  delivered', value: formatDate(value) })),
  ]
}

function paymentRows({ payment, prepayment }: Agreement): TermRow[] {
  const when = payment.billed === 'inAdvance' ? 'in advance' : 'in arrears'
  return [
    {
      label: 'bills',
      value:
        payment.netDays === 0
          ? `${when}, due at once`
          : `${when}, due after ${formatCount(payment.netDays)} days`,
    },
    ...optional(prepayment, ({ amount, due }) => ({
      label: 'prepayment',
      value: `${sumText(amount.value)} due ${formatDate(due)}`,
      provenance: amount.provenance,
    })),
  ]
}

function optionRows({ options, renewal }: Agreement): TermRow[] {
  return [
    ...options.map(optionRow),
    ...optional(renewal, ({ kind, months, noticeDays }) => ({
      label: 'renewal',
      value: `${kind === 'automatic' ? 'automatic' : 'by agreement'}, ${months} months, ${noticeDays} days of notice`,
    })),
  ]
}

function optionRow({ id, kind, window, accelerators, months, exercised, note }: Option): TermRow {
  const parts = [
    `${kind}, ${spanText(window)}`,
    accelerators && `${formatCount(accelerators.value)} accelerators`,
    months !== undefined && `${months} months`,
    exercised !== undefined && `exercised ${formatDate(exercised)}`,
    note,
  ]
  return {
    label: `option ${id}`,
    value: parts.filter((part) => typeof part === 'string').join('; '),
    ...(accelerators ? { provenance: accelerators.provenance } : {}),
  }
}

function rightRows({ priorityRights, exclusivities }: Agreement): TermRow[] {
  return [
    ...priorityRights.map(({ holder, subject, window, source }) => ({
      label: 'priority right',
      value: `${holder}: ${subject}; ${spanText(window)}`,
      provenance: { kind: 'stated' as const, source },
    })),
    ...exclusivities.map(({ party, scope, window, source }) => ({
      label: 'exclusivity',
      value: `${party}: ${scope}; ${spanText(window)}`,
      provenance: { kind: 'stated' as const, source },
    })),
  ]
}

function remedyRows(agreement: Agreement): TermRow[] {
  const { lateDelivery, slaCredits, resale } = agreement
  return [
    ...optional(
      lateDelivery,
      ({ graceDays, creditPerWeek, creditCap, terminateAfterLateTranches: limit }) => ({
        label: 'late delivery',
        value:
          `after ${graceDays} days, ${percent(creditPerWeek.value)} a week` +
          (creditCap ? `, at most ${percent(creditCap.value)}` : '') +
          (limit === undefined ? '' : `; may be ended after ${limit} late tranches`),
        provenance: creditPerWeek.provenance,
      }),
    ),
    ...optional(terminationRight(agreement), (right) => ({
      label: 'right to end it',
      value: rightToEndText(right),
    })),
    ...slaCredits.map(({ availabilityBelow, credit }) => ({
      label: 'service credit',
      value: `${percent(credit)} below ${percent(availabilityBelow)} availability in a month`,
    })),
    ...optional(resale, (right) => ({
      label: 'resale',
      value: resaleText(right, resaleSpan(agreement)),
    })),
  ]
}

function rightToEndText({ span, lateTranches, afterLateTranches }: TerminationRight): string {
  const late = `${lateTranches} of ${afterLateTranches} late beyond grace, as far as is known`
  return span ? `${spanText(span)}: ${late}` : `not yet: ${late}`
}

function resaleText({ allowed, consent, note }: ResaleRight, span: Span | undefined): string {
  const parts = [
    allowed ? 'allowed' : 'not allowed',
    allowed && consent === 'provider' ? ', with the provider’s consent' : '',
    span ? `, ${spanText(span)}` : '',
    note ? `; ${note}` : '',
  ]
  return parts.join('')
}

function besideRows({ equity, overlaps }: Agreement): TermRow[] {
  return [
    ...overlaps.map(({ agreement, because }) => ({ label: 'overlaps', value: `${agreement}: ${because}` })),
    ...equity.map(({ holder, what, source }) => ({
      label: 'equity',
      value: `${holder}: ${what}`,
      provenance: { kind: 'stated' as const, source },
    })),
  ]
}

function documentRows({ documents = [] }: Agreement): TermRow[] {
  return documents.map(({ name, dated, sha256, link }) => ({
    label: dated === undefined ? '' : formatDate(dated),
    value: [
      name,
      ...(link === undefined ? [] : [link]),
      ...(sha256 === undefined ? [] : [`SHA-256 ${sha256}`]),
    ].join('; '),
  }))
}

function spanText({ start, until }: Span): string {
  return `${formatDate(start)} – ${formatDate(until)}`
}
