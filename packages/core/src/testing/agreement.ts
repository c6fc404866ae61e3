import type { Agreement, Line, Price, Tranche } from '../agreements/agreement.ts'
import { type Figure, stated } from '../base/figure.ts'
import { type Share, share } from '../base/quantity.ts'
import { at } from './dates.ts'
import { usd } from './usd.ts'

/** A figure of the agreement's own text. */
export function said<Value>(value: Value): Figure<Value> {
  return stated(value, 'the agreement')
}

export function saidShare(fraction: number): Figure<Share> {
  return said(share(fraction))
}

export function perHour(text: string): Price {
  return { kind: 'perAcceleratorHour', amount: said(usd(text)) }
}

/** A signed, binding capacity agreement for 2026 and 2027 with nothing in it but what is given. */
export function anAgreement(parts: Partial<Agreement> = {}): Agreement {
  return {
    id: 'a',
    title: 'An agreement',
    provider: 'north',
    buyer: 'lab',
    instrument: 'capacity',
    layer: 'cloud',
    binding: true,
    status: 'signed',
    signed: at('2025-11-03'),
    term: aTerm('2026-01-01', '2028-01-01'),
    currency: 'USD',
    lines: [],
    payment: { netDays: 30, billed: 'inArrears' },
    options: [],
    priorityRights: [],
    exclusivities: [],
    slaCredits: [],
    equity: [],
    overlaps: [],
    unknowns: [],
    notes: [],
    ...parts,
  }
}

export function aTerm(start: string, until: string): Agreement['term'] {
  return { start: said(at(start)), until: said(at(until)) }
}

export function aLine(parts: Partial<Line> = {}): Line {
  return {
    id: 'gpu',
    hardware: 'gb200',
    region: 'us-east',
    fabric: 'default',
    price: perHour('2'),
    tranches: [aTranche()],
    ...parts,
  }
}

/** One hundred accelerators, promised for the first day of 2026. */
export function aTranche(parts: Partial<Tranche> = {}): Tranche {
  return { id: 't1', accelerators: said(100), promised: said(at('2026-01-01')), ...parts }
}
