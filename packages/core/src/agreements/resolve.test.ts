import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assumed } from '../base/figure.ts'
import { addMonths, DAY_MS, formatDate, later } from '../base/instant.ts'
import { share } from '../base/quantity.ts'
import { aLine, anAgreement, aTerm, aTranche, perHour, said, saidShare } from '../testing/agreement.ts'
import { agreements } from '../testing/any-agreement.ts'
import { at, spanOf } from '../testing/dates.ts'
import { usd } from '../testing/usd.ts'
import type { Agreement, Tranche } from './agreement.ts'
import { type Grant, pricedUnits } from './grant.ts'
import { NO_SLIPS, promisedGrants, resolveAgreement, type Slips, unusedSlips } from './resolve.ts'

function withTranche(parts: Partial<Tranche>): Agreement {
  return anAgreement({ lines: [aLine({ tranches: [aTranche(parts)] })] })
}

function startOf(agreement: Agreement, slips: Slips = NO_SLIPS): string | undefined {
  const [grant] = resolveAgreement(agreement, slips)
  return grant && formatDate(grant.span.start)
}

describe('a grant', () => {
  const promised = said(at('2026-03-01'))
  const expected = said(at('2026-05-01'))

  it('starts when it was delivered, else when it is expected, else when it was promised', () => {
    expect(startOf(withTranche({ promised, expected, delivered: at('2026-04-01') }))).toBe('2026-04-01')
    expect(startOf(withTranche({ promised, expected }))).toBe('2026-05-01')
    expect(startOf(withTranche({ promised }))).toBe('2026-03-01')
  })

  it('ends with the term', () => {
    const [grant] = resolveAgreement(withTranche({ promised }))
    expect(grant?.span.until).toBe(at('2028-01-01'))
  })

  it('starts no earlier than the term, however early it is delivered', () => {
    expect(startOf(withTranche({ promised, delivered: at('2025-12-01') }))).toBe('2026-01-01')
  })

  it('remembers what was promised when it is late', () => {
    const [grant] = resolveAgreement(withTranche({ promised, expected }))
    expect(grant?.promised).toBe(at('2026-03-01'))
    expect(promisedGrants(withTranche({ promised, expected }))[0]?.span.start).toBe(at('2026-03-01'))
  })

  it('is the same in whatever order the tranches stand', () => {
    const tranches = ['2026-06-01', '2026-02-01', '2027-01-01'].map((date, i) =>
      aTranche({ id: `t${i}`, promised: said(at(date)) }),
    )
    const byId = (list: readonly Tranche[]): Grant[] =>
      resolveAgreement(anAgreement({ lines: [aLine({ tranches: list })] })).sort((a, b) =>
        a.id < b.id ? -1 : 1,
      )
    expect(byId([...tranches].reverse())).toEqual(byId(tranches))
  })

  it('says whether its number or its dates rest on an assumption', () => {
    const flags = (agreement: Agreement): unknown[] =>
      resolveAgreement(agreement).map(({ quantityAssumed, datesAssumed }) => [quantityAssumed, datesAssumed])
    expect(flags(withTranche({ promised }))).toEqual([[false, false]])
    expect(flags(withTranche({ promised, accelerators: assumed(8, 'usual') }))).toEqual([[true, false]])
    expect(flags(withTranche({ promised: assumed(at('2026-03-01'), 'usual') }))).toEqual([[false, true]])
    const term = { ...aTerm('2026-01-01', '2028-01-01'), until: assumed(at('2028-01-01'), 'usual') }
    expect(flags(anAgreement({ term, lines: [aLine()] }))).toEqual([[false, true]])
  })

  it('does not rest on an assumed promise once it is delivered', () => {
    const [grant] = resolveAgreement(
      withTranche({ promised: assumed(at('2026-03-01'), 'usual'), delivered: at('2026-03-05') }),
    )
    expect(grant?.datesAssumed).toBe(false)
  })
})

describe('the term', () => {
  const options = (kind: 'extend' | 'expand' | 'terminate', exercised?: string): Agreement['options'] => [
    {
      id: 'o',
      kind,
      window: spanOf('2027-01-01', '2027-12-31'),
      months: 12,
      ...(exercised ? { exercised: at(exercised) } : {}),
    },
  ]
  const untilOf = (given: Agreement['options']): string | undefined => {
    const [grant] = resolveAgreement(anAgreement({ lines: [aLine()], options: given }))
    return grant && formatDate(grant.span.until)
  }

  it('is longer by an extension that was exercised, and only then', () => {
    expect(untilOf(options('extend'))).toBe('2028-01-01')
    expect(untilOf(options('extend', '2027-06-01'))).toBe('2029-01-01')
    expect(untilOf(options('expand', '2027-06-01'))).toBe('2028-01-01')
  })

  it('ends when a termination is exercised', () => {
    expect(untilOf(options('terminate'))).toBe('2028-01-01')
    expect(untilOf(options('terminate', '2027-06-01'))).toBe('2027-06-01')
  })
})

describe('a slip', () => {
  const agreement = anAgreement({
    lines: [
      aLine({ tranches: [aTranche({ id: 't1' }), aTranche({ id: 't2', promised: said(at('2026-07-01')) })] }),
      aLine({ id: 'other' }),
    ],
  })
  const starts = (slips: Slips): string[] =>
    resolveAgreement(agreement, slips).map(({ id, span }) => `${id} ${formatDate(span.start)}`)

  it('of a line moves all of its tranches and no other line', () => {
    expect(starts(new Map([['a/gpu', 90 * DAY_MS]]))).toEqual([
      'a/gpu/t1 2026-04-01',
      'a/gpu/t2 2026-09-29',
      'a/other/t1 2026-01-01',
    ])
  })

  it('of a tranche goes before that of its line', () => {
    const slips = new Map([
      ['a/gpu', 90 * DAY_MS],
      ['a/gpu/t2', DAY_MS],
    ])
    expect(starts(slips)[1]).toBe('a/gpu/t2 2026-07-02')
  })

  it('beyond the term leaves nothing', () => {
    expect(starts(new Map([['a/gpu', 730 * DAY_MS]]))).toEqual(['a/other/t1 2026-01-01'])
    expect(starts(new Map([['a/gpu', 729 * DAY_MS]]))[0]).toBe('a/gpu/t1 2027-12-31')
  })

  it('does not move what has been handed over', () => {
    const delivered = withTranche({ delivered: at('2026-01-01') })
    expect(startOf(delivered, new Map([['a/gpu', DAY_MS]]))).toBe('2026-01-01')
    expect(unusedSlips([delivered], new Map([['a/gpu', DAY_MS]]))).toEqual(['a/gpu'])
  })

  it('of a line or tranche that nobody knows is told', () => {
    const slips = new Map(['a/gpu', 'a/gpu/t2', 'a/gpu/t9', 'b/gpu', 'a'].map((key) => [key, DAY_MS]))
    expect(unusedSlips([agreement], slips)).toEqual(['a/gpu/t9', 'b/gpu', 'a'])
  })

  it('below zero is our own mistake', () => {
    expect(() => starts(new Map([['a/gpu', -1]]))).toThrow('not below zero')
  })
})

describe('CPU cores', () => {
  it('come with the tranches in their proportion, and none is lost', () => {
    const line = aLine({
      cpuCores: said(1000),
      tranches: [1, 1, 1].map((count, i) => aTranche({ id: `t${i}`, accelerators: said(count) })),
    })
    const cores = resolveAgreement(anAgreement({ lines: [line] })).map(({ cpuCores }) => cpuCores)
    expect(cores).toEqual([333, 333, 334])
  })

  it('alone are there for the whole term', () => {
    const line = aLine({ cpuCores: said(50_000), tranches: [] })
    const [grant] = resolveAgreement(anAgreement({ lines: [line] }))
    expect(grant).toMatchObject({
      id: 'a/gpu',
      accelerators: 0,
      cpuCores: 50_000,
      span: spanOf('2026-01-01', '2028-01-01'),
    })
  })
})

describe('pricedUnits', () => {
  const unitsOf = (line: Partial<Agreement['lines'][number]>): (number | undefined)[] =>
    resolveAgreement(anAgreement({ lines: [aLine(line)] })).map(pricedUnits)

  it('is the accelerators, or one for a line that is a sum by itself', () => {
    const fixed = { kind: 'fixed', amount: said(usd('1')), every: 'month' } as const
    expect(unitsOf({})).toEqual([100])
    expect(unitsOf({ price: fixed })).toEqual([100])
    expect(unitsOf({ price: fixed, tranches: [] })).toEqual([1])
    expect(unitsOf({ tranches: [], cpuCores: said(4) })).toEqual([0])
  })

  it('has no grant to ask where a line is but a list price', () => {
    expect(unitsOf({ tranches: [], price: perHour('2') })).toEqual([])
  })
})

it('knows the take-or-pay share: the line first, then the commitment, then what the instrument means', () => {
  const shareOf = (parts: Partial<Agreement>, own?: number): number | undefined => {
    const line = aLine(own === undefined ? {} : { takeOrPay: saidShare(own) })
    return resolveAgreement(anAgreement({ ...parts, lines: [line] }))[0]?.takeOrPay.value
  }
  const commitment = {
    total: said(usd('1')),
    interval: 'year',
    takeOrPay: saidShare(0.8),
    carryForward: false,
  } as const
  expect(shareOf({ commitment }, 0.5)).toBe(share(0.5))
  expect(shareOf({ commitment })).toBe(share(0.8))
  expect(
    ['capacity', 'owned', 'spend', 'onDemand', 'spot'].map((instrument) =>
      shareOf({ instrument: instrument as 'spot' }),
    ),
  ).toEqual([share(1), share(1), 0, 0, 0])
})

it('grants promise exactly what the tranches say', () => {
  fc.assert(
    fc.property(agreements, (any) => {
      const inTerm = any.lines.flatMap(({ tranches }) =>
        tranches.filter(({ promised }) => Math.max(promised.value, any.term.start.value) < untilOf(any)),
      )
      const expected = inTerm.reduce((sum, { accelerators }) => sum + accelerators.value, 0)
      expect(promisedGrants(any).reduce((sum, { accelerators }) => sum + accelerators, 0)).toBe(expected)
      for (const { span, promised } of promisedGrants(any)) {
        expect(span.start).toBe(promised)
        expect(span.start).toBeLessThan(later(span.until, 0))
      }
    }),
  )
})

/** The end of a term that at most one option changes. */
function untilOf({ term, options: [option] }: Agreement): number {
  if (option?.kind === 'terminate') return Math.min(term.until.value, option.exercised ?? term.until.value)
  return addMonths(term.until.value, option?.months ?? 0)
}
