import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anAgreement } from '../testing/agreement.ts'
import { at } from '../testing/dates.ts'
import type { Agreement, Instrument, Layer } from './agreement.ts'
import { type Standing, standingsOf, usableAgreements } from './standing.ts'

function overlapping(...ids: string[]): Agreement['overlaps'] {
  return ids.map((agreement) => ({ agreement, because: 'the same halls' }))
}

function standings(...agreements: Agreement[]): Record<string, Standing> {
  return Object.fromEntries(standingsOf(agreements))
}

function usable(...agreements: Agreement[]): string[] {
  return usableAgreements(agreements).map(({ id }) => id)
}

const cloud = anAgreement({ id: 'cloud' })
const power = anAgreement({ id: 'power', layer: 'power', overlaps: overlapping('cloud') })
const chips = anAgreement({ id: 'chips', layer: 'hardware', overlaps: overlapping('cloud') })

describe('a sum over agreements', () => {
  it('counts the cloud service, and shows the chips and the power under it', () => {
    expect(standings(power, chips, cloud)).toEqual({
      cloud: { kind: 'counted' },
      chips: { kind: 'overlapping', with: ['cloud'] },
      power: { kind: 'overlapping', with: ['cloud'] },
    })
  })

  it('does not care which side names the overlap', () => {
    const named = { ...cloud, overlaps: overlapping('power') }
    const plain = { ...power, overlaps: [] }
    expect(standings(plain, named).power).toEqual({ kind: 'overlapping', with: ['cloud'] })
  })

  it('counts chips that nothing else counts', () => {
    expect(standings(chips).chips).toEqual({ kind: 'counted' })
    expect(standings(power, { ...chips, overlaps: [] }).chips).toEqual({ kind: 'counted' })
  })

  it('counts the earlier signed of two clouds that overlap', () => {
    const later = anAgreement({ id: 'a-later', signed: at('2026-02-27'), overlaps: overlapping('cloud') })
    expect(standings(later, cloud)['a-later']).toEqual({ kind: 'overlapping', with: ['cloud'] })
    const earlier = { ...later, signed: at('2025-01-01') }
    expect(standings(earlier, cloud).cloud).toEqual({ kind: 'overlapping', with: ['a-later'] })
  })

  it('shows drafts, letters of intent, what is not binding and backstops apart', () => {
    const kindOf = (parts: Partial<Agreement>): string | undefined => standings(anAgreement(parts)).a?.kind
    expect(kindOf({ status: 'draft' })).toBe('draft')
    expect(kindOf({ instrument: 'letterOfIntent', binding: true })).toBe('notBinding')
    expect(kindOf({ binding: false })).toBe('notBinding')
    expect(kindOf({ instrument: 'backstop' })).toBe('contingent')
    expect(kindOf({ instrument: 'onDemand', binding: false })).toBe('counted')
  })

  it('is not displaced by what is not counted itself', () => {
    const letter = anAgreement({ id: 'letter', instrument: 'letterOfIntent', overlaps: overlapping('cloud') })
    const draft = anAgreement({ id: 'draft', status: 'draft', overlaps: overlapping('cloud') })
    expect(standings(letter, draft, cloud).cloud).toEqual({ kind: 'counted' })
  })
})

describe('usable capacity', () => {
  it('is that of cloud services and owned hardware, once', () => {
    const owned = anAgreement({ id: 'owned', instrument: 'owned', layer: 'hardware' })
    expect(usable(power, chips, cloud, owned)).toEqual(['cloud', 'owned'])
    expect(usable({ ...chips, overlaps: [] })).toEqual([])
  })

  it('is not that of drafts, letters of intent and backstops', () => {
    expect(usable(anAgreement({ status: 'draft' }))).toEqual([])
    expect(usable(anAgreement({ instrument: 'letterOfIntent' }))).toEqual([])
    expect(usable(anAgreement({ instrument: 'backstop' }))).toEqual([])
  })

  it('is that of a non-binding agreement only where it is planned on', () => {
    expect(usable(anAgreement({ binding: false }))).toEqual([])
    expect(usable(anAgreement({ binding: false, plannedOn: true }))).toEqual(['a'])
  })

  it('of a binding agreement goes before one that is only planned on, whichever was signed first', () => {
    const planned = anAgreement({
      id: 'planned',
      binding: false,
      plannedOn: true,
      signed: at('2020-01-01'),
      overlaps: overlapping('cloud'),
    })
    expect(usable(planned, cloud)).toEqual(['cloud'])
  })
})

it('counts no two agreements that overlap, whatever the portfolio, and leaves none out without a reason', () => {
  const portfolios = fc
    .array(
      fc.record({
        layer: fc.constantFrom<Layer>('power', 'hardware', 'cloud'),
        instrument: fc.constantFrom<Instrument>('capacity', 'spend', 'owned', 'letterOfIntent', 'backstop'),
        binding: fc.boolean(),
        plannedOn: fc.boolean(),
        signed: fc.integer({ min: 0, max: 3 }).map((n) => at(`202${n}-01-01`)),
        overlaps: fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { maxLength: 3 }),
      }),
      { maxLength: 8 },
    )
    .map((list) =>
      list.map(({ overlaps, ...parts }, i) =>
        anAgreement({ ...parts, id: `a${i}`, overlaps: overlapping(...overlaps.map((n) => `a${n}`)) }),
      ),
    )
  fc.assert(
    fc.property(portfolios, (agreements) => {
      const names = (a: Agreement, b: Agreement): boolean =>
        a.overlaps.some(({ agreement }) => agreement === b.id)
      const all = standingsOf(agreements)
      const counted = agreements.filter(({ id }) => all.get(id)?.kind === 'counted')
      for (const group of [counted, usableAgreements(agreements)])
        for (const a of group) for (const b of group) expect(a !== b && names(a, b)).toBe(false)
      for (const a of agreements) {
        const standing = all.get(a.id)
        if (standing?.kind !== 'overlapping') continue
        expect(standing.with.length).toBeGreaterThan(0)
        for (const id of standing.with) {
          const other = counted.find((one) => one.id === id)
          expect(other && (names(a, other) || names(other, a))).toBe(true)
        }
      }
    }),
  )
})
