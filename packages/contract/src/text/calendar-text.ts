import type { Option, Renewal } from '@offtake/core/agreements/agreement'
import type { CalendarEvent } from '@offtake/core/agreements/calendar'
import { DAY_MS, formatDate } from '@offtake/core/base/instant'
import type { Money } from '@offtake/core/base/money'
import { formatCount } from './format-number.ts'
import { sumText } from './money-text.ts'

/** What a calendar's entry says to its reader. */
export function calendarText(event: CalendarEvent): string {
  switch (event.kind) {
    case 'signature':
      return 'signed'
    case 'termStarts':
      return 'term starts'
    case 'termEnds':
      return 'term ends'
    case 'deliveryPromised':
      return `${tranche(event)} promised`
    case 'deliveryExpected':
      return `${tranche(event)} now expected${lateness(event.lateMs)}`
    case 'delivered':
      return `${tranche(event)} delivered${lateness(event.lateMs)}`
    case 'lateCreditsBegin':
      return `${tranche(event)} late beyond grace: credits begin`
    case 'mayTerminate':
      return `${event.lateTranches === 1 ? 'a tranche is' : `${event.lateTranches} tranches are`} late beyond grace: may be ended early, until ${formatDate(event.until)}`
    case 'mayResell':
      return `what is not used may be sold on${event.consent === 'provider' ? ' with the provider’s consent' : ''}, until ${formatDate(event.until)}`
    case 'renewalNotice':
      return noticeText(event.renewal)
    case 'renewal':
      return renewalText(event.renewal)
    case 'optionOpens':
      return `option ${optionText(event.option)} opens`
    case 'optionCloses':
      return `option ${optionText(event.option)} closes`
    case 'optionExercised':
      return `option ${optionText(event.option)} exercised`
    case 'priorityRightStarts':
      return `priority right of ${event.holder} begins: ${event.subject}`
    case 'priorityRightEnds':
      return `priority right of ${event.holder} ends: ${event.subject}`
    case 'exclusivityStarts':
      return `exclusivity of ${event.party} begins: ${event.scope}`
    case 'exclusivityEnds':
      return `exclusivity of ${event.party} ends: ${event.scope}`
    case 'prepaymentDue':
      return `prepayment of ${sumText(event.amount)} due`
    case 'quoteLapses':
      return `last moment of the quote: ${event.title}`
    case 'intervalEnds':
      return `interval ${event.interval} ends: ${committedText(event.committed, event.owed)}`
  }
}

function committedText(committed: Money, owed: Money): string {
  return committed.micros === owed.micros
    ? `${sumText(committed)} owed in any case`
    : `${sumText(committed)} committed, ${sumText(owed)} of it owed in any case`
}

type TrancheEvent = Extract<CalendarEvent, { readonly trancheId: string }>

function tranche({ accelerators, hardware, lineId, trancheId }: TrancheEvent): string {
  return `${formatCount(accelerators)} ${hardware} (${lineId}/${trancheId})`
}

function lateness(ms: number): string {
  const days = Math.round(ms / DAY_MS)
  if (days === 0) return ', on time'
  return days > 0 ? `, ${plural(days, 'day')} late` : `, ${plural(-days, 'day')} early`
}

function noticeText({ kind, months }: Renewal): string {
  return kind === 'automatic'
    ? `last day of notice: renews by ${plural(months, 'month')} unless ended`
    : `last day to ask for a renewal by ${plural(months, 'month')}`
}

function renewalText({ kind, months }: Renewal): string {
  return kind === 'automatic'
    ? `renews by ${plural(months, 'month')} unless notice was given`
    : `ends unless a renewal by ${plural(months, 'month')} was agreed`
}

function optionText({ id, kind, accelerators, months }: Option): string {
  const size = accelerators ? ` by ${formatCount(accelerators.value)} accelerators` : ''
  const length = months === undefined ? '' : ` by ${plural(months, 'month')}`
  return `${id} (${kind}${size}${length})`
}

function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}
