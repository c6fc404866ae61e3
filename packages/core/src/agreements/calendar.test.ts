import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, formatDate } from '../base/instant.ts'
import { formatMoney } from '../base/money.ts'
import { aLine, anAgreement, aTranche, said, saidShare } from '../testing/agreement.ts'
import { agreements } from '../testing/any-agreement.ts'
import { at, spanOf } from '../testing/dates.ts'
import { usd } from '../testing/usd.ts'
import type { Agreement, Tranche } from './agreement.ts'
import { type CalendarEntry, calendarOf } from './calendar.ts'

function dated(agreement: Agreement, kinds: readonly CalendarEntry['kind'][]): string[] {
  return calendarOf([agreement])
    .filter(({ kind }) => kinds.includes(kind))
    .map((entry) => `${formatDate(entry.at)} ${entry.kind}`)
}

describe('deliveries', () => {
  const kinds = ['deliveryPromised', 'deliveryExpected', 'delivered', 'lateCreditsBegin'] as const
  const of = (parts: Partial<Tranche>, graceDays?: number): string[] => {
    const remedy =
      graceDays === undefined ? {} : { lateDelivery: { graceDays, creditPerWeek: saidShare(0.05) } }
    return dated(anAgreement({ ...remedy, lines: [aLine({ tranches: [aTranche(parts)] })] }), kinds)
  }

  it('are due when promised', () => {
    expect(of({})).toEqual(['2026-01-01 deliveryPromised'])
  })

  it('that are late are expected, and credits begin when their grace is over', () => {
    expect(of({ expected: said(at('2026-03-01')) }, 14)).toEqual([
      '2026-01-01 deliveryPromised',
      '2026-01-15 lateCreditsBegin',
      '2026-03-01 deliveryExpected',
    ])
  })

  it('within their grace bring no credits', () => {
    expect(of({ delivered: at('2026-01-15') }, 14)).toEqual([
      '2026-01-01 deliveryPromised',
      '2026-01-15 delivered',
    ])
  })

  it('that are late bring no credits where the remedy is the right to leave alone', () => {
    const lateDelivery = { graceDays: 14, creditPerWeek: saidShare(0), terminateAfterLateTranches: 1 }
    const late = aLine({ tranches: [aTranche({ expected: said(at('2026-03-01')) })] })
    expect(dated(anAgreement({ lateDelivery, lines: [late] }), [...kinds, 'mayTerminate'])).toEqual([
      '2026-01-01 deliveryPromised',
      '2026-01-15 mayTerminate',
      '2026-03-01 deliveryExpected',
    ])
  })

  it('say how late they came, and early ones how early', () => {
    const lateness = (delivered: string): number | undefined => {
      const entry = calendarOf([
        anAgreement({ lines: [aLine({ tranches: [aTranche({ delivered: at(delivered) })] })] }),
      ]).find(({ kind }) => kind === 'delivered')
      return entry?.kind === 'delivered' ? entry.lateMs / DAY_MS : undefined
    }
    expect([lateness('2026-01-31'), lateness('2025-12-31')]).toEqual([30, -1])
  })

  it('stand in order of time, in whatever order the tranches do', () => {
    const tranches = ['2027-01-01', '2026-03-01', '2026-09-01'].map((date, i) =>
      aTranche({ id: `t${i}`, promised: said(at(date)) }),
    )
    expect(dated(anAgreement({ lines: [aLine({ tranches })] }), kinds)).toEqual([
      '2026-03-01 deliveryPromised',
      '2026-09-01 deliveryPromised',
      '2027-01-01 deliveryPromised',
    ])
  })
})

it('gives notice of a renewal so many days before the end of the term', () => {
  const renewal = { kind: 'automatic', months: 12, noticeDays: 90 } as const
  expect(dated(anAgreement({ renewal }), ['renewalNotice', 'renewal', 'termEnds'])).toEqual([
    '2027-10-03 renewalNotice',
    '2028-01-01 termEnds',
    '2028-01-01 renewal',
  ])
})

it('lets the buyer leave, until the term ends, once so many tranches are late beyond their grace', () => {
  const lateDelivery = { graceDays: 14, creditPerWeek: saidShare(0.05), terminateAfterLateTranches: 2 }
  const tranches = ['t1', 't2'].map((id) => aTranche({ id }))
  const agreement = anAgreement({ lateDelivery, lines: [aLine({ tranches })] })
  const entryAfter = (days: number) =>
    calendarOf([agreement], [], new Map([['a/gpu', days * DAY_MS]])).find(
      ({ kind }) => kind === 'mayTerminate',
    )
  expect(entryAfter(14)).toBeUndefined()
  expect(entryAfter(15)).toMatchObject({
    at: at('2026-01-15'),
    until: at('2028-01-01'),
    lateTranches: 2,
    agreementId: 'a',
  })
})

it('expects what slips at its new date', () => {
  const kinds = ['deliveryPromised', 'deliveryExpected', 'delivered'] as const
  const tranches = [aTranche(), aTranche({ id: 't2', delivered: at('2026-01-02') })]
  const entries = calendarOf(
    [anAgreement({ lines: [aLine({ tranches })] })],
    [],
    new Map([['a/gpu', 31 * DAY_MS]]),
  )
  expect(
    entries
      .filter(({ kind }) => kinds.some((one) => one === kind))
      .map((entry) => `${formatDate(entry.at)} ${entry.kind}`),
  ).toEqual([
    '2026-01-01 deliveryPromised',
    '2026-01-01 deliveryPromised',
    '2026-01-02 delivered',
    '2026-02-01 deliveryExpected',
  ])
})

it('says from when on unused capacity may be sold on, and under which condition', () => {
  const resale = { allowed: true, consent: 'provider' } as const
  const lines = [aLine({ tranches: [aTranche({ delivered: at('2026-01-05') })] })]
  expect(calendarOf([anAgreement({ resale, lines })]).filter(({ kind }) => kind === 'mayResell')).toEqual([
    {
      kind: 'mayResell',
      at: at('2026-01-05'),
      until: at('2028-01-01'),
      consent: 'provider',
      agreementId: 'a',
      provider: 'north',
    },
  ])
  expect(dated(anAgreement({ resale: { ...resale, allowed: false }, lines }), ['mayResell'])).toEqual([])
})

it('lists nothing after an early end', () => {
  const window = spanOf('2026-06-01', '2026-09-01')
  const option = { id: 'o', kind: 'terminate', window, exercised: at('2026-07-01') } as const
  const lines = [
    aLine({ tranches: ['2026-06-01', '2026-08-01'].map((day) => aTranche({ promised: said(at(day)) })) }),
  ]
  const agreement = anAgreement({ options: [option], lines })
  expect(dated(agreement, ['deliveryPromised', 'optionCloses', 'optionExercised'])).toEqual([
    '2026-06-01 deliveryPromised',
    '2026-07-01 optionExercised',
  ])
})

it('renews nothing that was terminated', () => {
  const renewal = { kind: 'automatic', months: 12, noticeDays: 90 } as const
  const window = spanOf('2026-06-01', '2026-09-01')
  const option = { id: 'o', kind: 'terminate', window, exercised: at('2026-07-01') } as const
  expect(
    dated(anAgreement({ renewal, options: [option] }), ['renewalNotice', 'renewal', 'termEnds']),
  ).toEqual(['2026-07-01 termEnds'])
})

it('opens and closes options, and says when one was exercised', () => {
  const option = { id: 'o', kind: 'extend', months: 12, window: spanOf('2026-06-01', '2026-09-01') } as const
  const kinds = ['optionOpens', 'optionCloses', 'optionExercised', 'termEnds'] as const
  expect(dated(anAgreement({ options: [option] }), kinds)).toEqual([
    '2026-06-01 optionOpens',
    '2026-09-01 optionCloses',
    '2028-01-01 termEnds',
  ])
  expect(dated(anAgreement({ options: [{ ...option, exercised: at('2026-07-01') }] }), kinds)).toEqual([
    '2026-06-01 optionOpens',
    '2026-07-01 optionExercised',
    '2026-09-01 optionCloses',
    '2029-01-01 termEnds',
  ])
})

it('ends priority rights and exclusivities, with whose they are', () => {
  const window = spanOf('2023-01-01', '2025-10-28')
  const entries = calendarOf([
    anAgreement({
      priorityRights: [{ holder: 'north', subject: 'new capacity', window, source: 's' }],
      exclusivities: [{ party: 'north', scope: 'the API', window, source: 's' }],
    }),
  ])
  expect(entries.find(({ kind }) => kind === 'priorityRightEnds')).toEqual({
    kind: 'priorityRightEnds',
    at: at('2025-10-28'),
    holder: 'north',
    subject: 'new capacity',
    agreementId: 'a',
    provider: 'north',
  })
  expect(entries.find(({ kind }) => kind === 'exclusivityEnds')).toMatchObject({
    party: 'north',
    scope: 'the API',
  })
})

describe('money', () => {
  const prepayment = { amount: said(usd('50')), due: at('2025-12-01') }
  const commitment = {
    total: said(usd('1000')),
    interval: 'year',
    takeOrPay: saidShare(0.8),
    carryForward: false,
  } as const
  const of = (parts: Partial<Agreement>): string[] =>
    calendarOf([anAgreement({ prepayment, commitment, ...parts })]).flatMap((entry) => {
      if (entry.kind === 'prepaymentDue') return [`${formatDate(entry.at)} ${formatMoney(entry.amount)}`]
      if (entry.kind !== 'intervalEnds') return []
      return [
        `${formatDate(entry.at)} ${entry.interval}: ${formatMoney(entry.committed)}, ${formatMoney(entry.owed)}`,
      ]
    })

  it('is due of a prepayment and of each interval of a commitment', () => {
    expect(of({})).toEqual([
      '2025-12-01 50.00',
      '2027-01-01 1: 500.00, 400.00',
      '2028-01-01 2: 500.00, 400.00',
    ])
  })

  it('is due up to an early end alone, and by time of the interval that it cuts', () => {
    const window = spanOf('2027-01-01', '2028-01-01')
    const option = { id: 'o', kind: 'terminate', window, exercised: at('2027-03-15') } as const
    // 73 days of 365 are a fifth.
    expect(of({ options: [option] })).toEqual([
      '2025-12-01 50.00',
      '2027-01-01 1: 500.00, 400.00',
      '2027-03-15 2: 100.00, 80.00',
    ])
  })

  it('is not due of what binds nobody, or of what depends on capacity that stays idle', () => {
    expect(of({ instrument: 'letterOfIntent', binding: false })).toEqual([])
    expect(of({ instrument: 'backstop' })).toEqual([])
  })
})

it('says when a provider no longer holds to a quote', () => {
  const quote = { agreement: anAgreement({ id: 'q', status: 'draft' }), validUntil: at('2026-02-01') }
  expect(calendarOf([], [quote])).toEqual([
    { kind: 'quoteLapses', at: at('2026-02-01'), title: 'An agreement', agreementId: 'q', provider: 'north' },
  ])
})

it('stands in order of time over all agreements, and leaves no tranche out', () => {
  fc.assert(
    fc.property(fc.array(agreements, { maxLength: 3 }), (list) => {
      const entries = calendarOf(list)
      for (const [i, entry] of entries.entries())
        expect(entry.at).toBeGreaterThanOrEqual(entries[i - 1]?.at ?? entry.at)
      const isEndedEarly = ({ options }: Agreement): boolean =>
        options.some(({ kind, exercised }) => kind === 'terminate' && exercised !== undefined)
      if (list.some(isEndedEarly)) return
      const tranches = list.flatMap(({ lines }) => lines.flatMap((line) => line.tranches))
      expect(entries.filter(({ kind }) => kind === 'deliveryPromised').length).toBe(tranches.length)
      expect(entries.filter(({ kind }) => kind === 'delivered').length).toBe(
        tranches.filter(({ delivered }) => delivered !== undefined).length,
      )
    }),
  )
})
