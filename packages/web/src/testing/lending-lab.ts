import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const DAY_MS = 86_400_000

export const LAB_POOL = 'north/us-east/h100'

/** A day so many days from today. */
function day(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)
}

const SETTINGS = `name: Lending lab
currency: USD
horizon: { start: 2026-01-01, until: 2036-01-01 }
window: { start: 2026-06-01, until: 2026-06-15 }
asOf: 2026-01-01
reclaimNotice: 2s
tenants:
  - id: lab
    name: The lab
  - id: research
    name: Research
    parent: lab
    quotas: [{ pool: ${LAB_POOL}, accelerators: 16 }]
  - id: product
    name: Product
    parent: lab
    quotas: [{ pool: ${LAB_POOL}, accelerators: 16 }]
  - id: guests
    name: Guests
    borrowLimit: 32
`

const AGREEMENT = `id: first
title: Reserved H100
provider: north
instrument: capacity
signed: ${day(-40)}
term: { start: ${day(-30)}, until: ${day(700)} }
commitment: { total: 2m, interval: fullTerm, takeOrPay: 100% }
lines:
  - id: h100
    hardware: h100
    region: us-east
    price: { kind: perAcceleratorHour, amount: 2.5 }
    tranches:
      - { id: now, promised: ${day(-30)}, accelerators: 32, delivered: ${day(-30)} }
`

/** Writes a portfolio of 32 accelerators that belong to two tenants, while a third may borrow them; answers its folder. */
export function lendingLab(): string {
  const folder = mkdtempSync(join(tmpdir(), 'offtake-lab-'))
  mkdirSync(join(folder, 'agreements'))
  writeFileSync(join(folder, 'offtake.yaml'), SETTINGS)
  writeFileSync(join(folder, 'agreements', 'first.yaml'), AGREEMENT)
  return folder
}
