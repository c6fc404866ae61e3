import { describe, expect, it } from 'vitest'
import type { Agreement } from '../agreements/agreement.ts'
import { assert } from '../base/assert.ts'
import { assumed } from '../base/figure.ts'
import { formatDate, HOUR_MS } from '../base/instant.ts'
import { formatMoney, toUnits } from '../base/money.ts'
import { constant, fromChanges } from '../base/step-function.ts'
import { aLine, anAgreement, aTerm, aTranche, perHour, said, saidShare } from '../testing/agreement.ts'
import { type Circumstances, chargeContext, POOL } from '../testing/charge-context.ts'
import { at, spanOf } from '../testing/dates.ts'
import { usd } from '../testing/usd.ts'
import { type Charge, chargesWithin } from './charge.ts'
import { type ChargedPortfolio, chargePortfolio } from './charges.ts'

function chargesOf(agreements: readonly Agreement[], circumstances: Circumstances): readonly Charge[] {
  return chargedPortfolio(agreements, circumstances).charges
}

function chargedPortfolio(agreements: readonly Agreement[], circumstances: Circumstances): ChargedPortfolio {
  const charged = chargePortfolio(chargeContext(agreements, circumstances))
  assert(charged.ok, 'every price is known')
  return charged.value
}

/** `kind month amount basis`, one text for each charge. */
function texts(charges: readonly Charge[]): string[] {
  return charges.map(
    ({ kind, start, amount, basis }) =>
      `${kind} ${formatDate(start).slice(0, 7)} ${formatMoney(amount)} ${basis}`,
  )
}

/** A hundred accelerators at one dollar from January to May 2026, paid as used. */
function payAsYouGo(parts: Partial<Agreement> = {}): Agreement {
  return anAgreement({
    term: aTerm('2026-01-01', '2026-05-01'),
    lines: [aLine({ price: perHour('1'), takeOrPay: saidShare(0) })],
    ...parts,
  })
}

const ALL = spanOf('2026-01-01', '2026-05-01')

describe('charges of lines', () => {
  it('are the hours used at their price, in months of 31, 28 and 30 days', () => {
    expect(texts(chargesOf([payAsYouGo()], { window: ALL, used: 10 }))).toEqual([
      'use 2026-01 7440.00 measured',
      'use 2026-02 6720.00 measured',
      'use 2026-03 7440.00 measured',
      'use 2026-04 7200.00 measured',
    ])
  })

  it('are a fixed bill where all is take-or-pay, whatever is used', () => {
    const whole = payAsYouGo({ lines: [aLine({ price: perHour('1'), takeOrPay: saidShare(1) })] })
    for (const used of [0, 37, 100]) {
      const byMonth = new Map<string, number>()
      for (const { start, amount } of chargesOf([whole], { window: ALL, used }))
        byMonth.set(formatDate(start), (byMonth.get(formatDate(start)) ?? 0) + toUnits(amount))
      expect([...byMonth.values()]).toEqual([74_400, 67_200, 74_400, 72_000])
    }
  })

  it('bill what is missing to the take-or-pay share month by month, and nothing where more was used', () => {
    const part = payAsYouGo({ lines: [aLine({ price: perHour('1'), takeOrPay: saidShare(0.5) })] })
    const used = fromChanges([
      { at: at('2026-01-01'), by: 100 },
      { at: at('2026-02-01'), by: -80 },
      { at: at('2026-03-01'), by: 30 },
    ])
    expect(texts(chargesOf([part], { window: ALL, used }))).toEqual([
      'use 2026-01 74400.00 measured',
      'unused 2026-02 20160.00 measured',
      'use 2026-02 13440.00 measured',
      'use 2026-03 37200.00 measured',
      'use 2026-04 36000.00 measured',
    ])
  })

  it('begin when a tranche arrives in mid-month', () => {
    const late = payAsYouGo({
      lines: [
        aLine({
          price: perHour('1'),
          tranches: [aTranche({ promised: said(at('2026-02-15')), delivered: at('2026-03-17T12:00Z') })],
        }),
      ],
    })
    expect(texts(chargesOf([late], { window: ALL, used: 0 }))).toEqual([
      'unused 2026-03 34800.00 measured',
      'unused 2026-04 72000.00 measured',
    ])
  })

  it('follow an escalator that falls into mid-month', () => {
    const price = { ...perHour('1'), escalator: { perYear: saidShare(0.1) } }
    const older = payAsYouGo({
      term: aTerm('2025-02-15', '2026-03-01'),
      lines: [aLine({ price, tranches: [aTranche({ promised: said(at('2026-02-01')) })] })],
    })
    // 14 days at 1.00 and 14 at 1.10 for 10 accelerators.
    const charges = chargesOf([older], { window: spanOf('2026-02-01', '2026-03-01'), used: 10 })
    expect(texts(charges.filter(({ kind }) => kind === 'use'))).toEqual(['use 2026-02 7056.00 measured'])
  })

  it('are sums for a fixed price, which need no measurement', () => {
    const fixed = payAsYouGo({
      lines: [aLine({ price: { kind: 'fixed', amount: said(usd('3000')), every: 'month' } })],
    })
    const charges = chargesOf([fixed], { window: spanOf('2026-01-01', '2026-01-02'), used: 5 })
    expect(texts(charges)).toEqual([
      'fixed 2026-01 3000.00 agreed',
      'fixed 2026-02 3000.00 agreed',
      'fixed 2026-03 3000.00 agreed',
      'fixed 2026-04 3000.00 agreed',
    ])
  })

  it('suppose that a line without accelerators is used whole, since nobody meters it', () => {
    const power = aLine({
      price: { kind: 'perMwMonth', amount: said(usd('1000')), megawatts: said(5) },
      takeOrPay: saidShare(0.4),
      tranches: [],
    })
    const lines = payAsYouGo({ term: aTerm('2026-01-01', '2026-02-01'), lines: [power] })
    const [charge] = chargesOf([lines], { window: ALL, used: 0 })
    expect(
      charge && [charge.kind, formatMoney(charge.amount), formatMoney(charge.owedAnyway), charge.basis],
    ).toEqual(['use', '5000.00', '2000.00', 'assumed'])
  })

  it('are called spot and on-demand charges where that is what they are', () => {
    const spot = payAsYouGo({ id: 'b', instrument: 'spot', term: aTerm('2026-01-01', '2026-02-01') })
    const onDemand = payAsYouGo({ id: 'c', instrument: 'onDemand', term: aTerm('2026-01-01', '2026-02-01') })
    expect(texts(chargesOf([spot, onDemand], { window: ALL, used: 110 }))).toEqual([
      'spot 2026-01 74400.00 measured',
      'onDemand 2026-01 7440.00 measured',
    ])
  })
})

describe('charges outside of the window', () => {
  it('are forecast at the utilisation that the pool was measured at', () => {
    const charges = chargesOf([payAsYouGo()], { window: spanOf('2026-01-15', '2026-02-01'), used: 25 })
    expect(texts(charges)).toEqual([
      'use 2026-01 8400.00 forecast',
      'use 2026-01 10200.00 measured',
      'use 2026-02 16800.00 forecast',
      'use 2026-03 18600.00 forecast',
      'use 2026-04 18000.00 forecast',
    ])
  })

  it('are assumed like all pools together for a pool that had nothing in the window, and all used where none had', () => {
    const later = payAsYouGo({
      id: 'b',
      lines: [
        aLine({
          hardware: 'h100',
          price: perHour('1'),
          takeOrPay: saidShare(0),
          tranches: [aTranche({ promised: said(at('2026-04-01')) })],
        }),
      ],
    })
    const january = spanOf('2026-01-01', '2026-02-01')
    const ofLater = (charges: readonly Charge[]) =>
      texts(charges.filter(({ agreementId }) => agreementId === 'b'))
    expect(ofLater(chargesOf([payAsYouGo(), later], { window: january, used: 25 }))).toEqual([
      'use 2026-04 18000.00 assumed',
    ])
    expect(ofLater(chargesOf([later], { window: january, used: 0 }))).toEqual([
      'use 2026-04 72000.00 assumed',
    ])
  })

  it('say that terms are assumed where a price, a quantity or a date is', () => {
    const guessed = payAsYouGo({
      lines: [
        aLine({ price: perHour('1'), tranches: [aTranche({ accelerators: assumed(100, 'not published') })] }),
      ],
    })
    expect(chargesOf([payAsYouGo()], { window: ALL, used: 1 }).some(({ termsAssumed }) => termsAssumed)).toBe(
      false,
    )
    expect(chargesOf([guessed], { window: ALL, used: 1 }).every(({ termsAssumed }) => termsAssumed)).toBe(
      true,
    )
  })

  it('do not cross the edges of the horizon', () => {
    const horizon = spanOf('2026-01-11', '2026-02-11')
    const charges = chargesOf([payAsYouGo()], { window: ALL, used: 10, horizon })
    expect(texts(chargesWithin(charges, horizon))).toEqual([
      'use 2026-01 5040.00 measured',
      'use 2026-02 2400.00 measured',
    ])
  })
})

describe('charges of commitments', () => {
  const commitment = {
    total: said(usd('120000')),
    interval: 'quarter',
    takeOrPay: saidShare(1),
    carryForward: false,
  } as const

  it('are trued up at the end of each interval, of which the term cuts the last one short', () => {
    // Three months and one: 3/4 of 120,000 would be too simple, for April counts 30 of the quarter's 91 days.
    const spend = payAsYouGo({ instrument: 'spend', lines: [aLine({ price: perHour('1') })], commitment })
    expect(
      texts(chargesOf([spend], { window: ALL, used: 10 })).filter((text) => text.startsWith('trueUp')),
    ).toEqual(['trueUp 2026-03 68647.93 measured', 'trueUp 2026-04 22552.07 measured'])
  })

  it('settle where an interval ends within a month, and lose no use there', () => {
    const spend = payAsYouGo({
      instrument: 'spend',
      term: aTerm('2026-01-11', '2026-03-11'),
      lines: [aLine({ price: perHour('1') })],
      commitment: { ...commitment, total: said(usd('30000')), interval: 'month' },
    })
    expect(texts(chargesOf([spend], { window: ALL, used: 10 }))).toEqual([
      'use 2026-01 5040.00 measured',
      'trueUp 2026-02 7560.00 measured',
      'use 2026-02 2400.00 measured',
      'use 2026-02 4320.00 measured',
      'trueUp 2026-03 8280.00 measured',
      'use 2026-03 2400.00 measured',
    ])
  })

  it('are consumed as their ramp says where no line has a price, and marked assumed', () => {
    const ramp = said([saidShare(0.25).value, saidShare(0.75).value])
    const unknown = payAsYouGo({ instrument: 'spend', lines: [], commitment: { ...commitment, ramp } })
    expect(texts(chargesOf([unknown], { window: ALL, used: 0 }))).toEqual([
      'use 2026-01 10333.34 assumed',
      'use 2026-02 9333.33 assumed',
      'use 2026-03 10333.33 assumed',
      'use 2026-04 90000.00 assumed',
    ])
  })

  it('are drawn down by what is unused of a line that is owed by itself', () => {
    const line = aLine({ price: perHour('1'), takeOrPay: saidShare(0.5) })
    const both = payAsYouGo({ instrument: 'spend', lines: [line], commitment })
    const charges = chargesOf([both], { window: ALL, used: 0 })
    const total = charges.reduce((sum, { amount }) => sum + toUnits(amount), 0)
    // Half of 288,000 is owed for the line, which is more than the commitment.
    expect(total).toBe(144_000)
    expect(charges.some(({ kind }) => kind === 'trueUp')).toBe(false)
  })
})

describe('what is owed whatever is used', () => {
  const owed = (charges: readonly Charge[]) =>
    charges.map(({ kind, amount, owedAnyway }) => `${kind} ${formatMoney(amount)} ${formatMoney(owedAnyway)}`)
  const january = spanOf('2026-01-01', '2026-02-01')
  const ended = aTerm('2026-01-01', '2026-02-01')

  it('is the take-or-pay share of a line, of its use first and then of what is unused', () => {
    const half = payAsYouGo({
      term: ended,
      lines: [aLine({ price: perHour('1'), takeOrPay: saidShare(0.5) })],
    })
    expect(owed(chargesOf([half], { window: january, used: 80 }))).toEqual(['use 59520.00 37200.00'])
    expect(owed(chargesOf([half], { window: january, used: 20 }))).toEqual([
      'unused 22320.00 22320.00',
      'use 14880.00 14880.00',
    ])
  })

  it('is the owed part of a commitment, or the true-up and all that it comes on top of', () => {
    const spend = payAsYouGo({
      instrument: 'spend',
      term: ended,
      lines: [aLine({ price: perHour('1') })],
      commitment: {
        total: said(usd('50000')),
        interval: 'month',
        takeOrPay: saidShare(0.6),
        carryForward: false,
      },
    })
    expect(owed(chargesOf([spend], { window: january, used: 80 }))).toEqual(['use 59520.00 30000.00'])
    expect(owed(chargesOf([spend], { window: january, used: 20 }))).toEqual([
      'trueUp 15120.00 15120.00',
      'use 14880.00 14880.00',
    ])
  })

  it('is less by what an earlier interval carried over', () => {
    const spend = payAsYouGo({
      instrument: 'spend',
      term: aTerm('2026-01-01', '2026-03-01'),
      lines: [aLine({ price: perHour('1') })],
      commitment: {
        total: said(usd('100000')),
        interval: 'month',
        takeOrPay: saidShare(0.6),
        carryForward: true,
      },
    })
    // January buys 74,400 of its 50,000; of the 30,000 owed for February 5,600 are left.
    expect(owed(chargesOf([spend], { window: ALL, used: 100 }))).toEqual([
      'use 74400.00 30000.00',
      'use 67200.00 5600.00',
    ])
  })

  it('is nothing of what is paid as used, and all of a fixed sum', () => {
    const fixed = aLine({ id: 'sum', price: { kind: 'fixed', amount: said(usd('3000')), every: 'month' } })
    const free = aLine({ id: 'use', price: perHour('1'), takeOrPay: saidShare(0) })
    const both = payAsYouGo({ term: ended, lines: [fixed, free] })
    expect(owed(chargesOf([both], { window: january, used: 110 }))).toEqual([
      'fixed 3000.00 3000.00',
      'use 7440.00 0.00',
    ])
  })
})

describe('which agreements are charged', () => {
  const charged = (parts: Partial<Agreement>) =>
    chargesOf([payAsYouGo(parts)], { window: ALL, used: 10 }).length > 0

  it('leaves out drafts, letters of intent, backstops and what is counted elsewhere', () => {
    expect(charged({})).toBe(true)
    expect(charged({ status: 'draft' })).toBe(false)
    expect(charged({ instrument: 'letterOfIntent', binding: false })).toBe(false)
    expect(charged({ instrument: 'backstop' })).toBe(false)
    const both = [
      payAsYouGo(),
      payAsYouGo({ id: 'b', layer: 'power', overlaps: [{ agreement: 'a', because: 'same' }] }),
    ]
    const owners = chargesOf(both, { window: ALL, used: 10 }).map(({ agreementId }) => agreementId)
    expect(new Set(owners)).toEqual(new Set(['a']))
  })

  it('takes in one that is not binding but planned on', () => {
    expect(charged({ binding: false })).toBe(false)
    expect(charged({ binding: false, plannedOn: true })).toBe(true)
  })

  it('pays the take-or-pay share of hardware that is not ours to use, also where others bring us the same', () => {
    const chips = payAsYouGo({
      id: 'b',
      layer: 'hardware',
      lines: [aLine({ price: perHour('1'), takeOrPay: saidShare(1) })],
    })
    const charges = chargesOf([payAsYouGo(), chips], { window: ALL, used: 50 })
    expect(new Set(charges.map(({ agreementId, kind }) => `${agreementId} ${kind}`))).toEqual(
      new Set(['a use', 'b unused']),
    )
  })

  it('charges nothing for machines that were listed outright, which are used first', () => {
    const { capacity } = chargeContext([payAsYouGo()], { window: ALL, used: 0 })
    const more = capacity.map((timeline) => ({ ...timeline, delivered: constant(130, ALL) }))
    const [january] = texts(chargesOf([payAsYouGo()], { window: ALL, used: 40, capacity: more }))
    expect(january).toBe('use 2026-01 7440.00 measured')
  })

  it('says where more is used than any grant holds', () => {
    const { unserved } = chargedPortfolio([payAsYouGo()], {
      window: spanOf('2026-01-01', '2026-01-02'),
      used: 130,
    })
    expect(Number(unserved.get(POOL)) / HOUR_MS).toBe(30 * 24)
  })
})
