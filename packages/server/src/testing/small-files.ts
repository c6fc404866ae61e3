import type { FileText } from '@offtake/contract/portfolio/file-texts'
import { DAY_MS, formatDate, instant } from '@offtake/core/base/instant'

/** A day so many days from today. */
export function dayFromNow(days: number): string {
  return formatDate(instant(Math.floor(Date.now() / DAY_MS) * DAY_MS + days * DAY_MS))
}

export const H100 = 'north/us-east/h100'

const SETTINGS = `# A lab of this test.
name: Small lab
currency: USD
horizon: { start: 2026-01-01, until: 2036-01-01 }
window: { start: 2026-06-01, until: 2026-06-15 } # played by offtake run
asOf: 2026-01-01
tenants:
  - id: lab
  - id: research
    parent: lab
    quotas:
      - { pool: ${H100}, accelerators: 32 }
  - id: product
    parent: lab
    quotas:
      - pool: ${H100}
        accelerators: 16 # for the site
  - id: guests
    borrowLimit: 16
`

const AGREEMENT = `# The first one.
id: first
title: Reserved H100
provider: north
instrument: capacity
signed: ${dayFromNow(-40)}
term: { start: ${dayFromNow(-30)}, until: ${dayFromNow(700)} }
commitment: { total: 2m, interval: fullTerm, takeOrPay: 100% }
lines:
  - id: h100
    hardware: h100
    region: us-east
    price: { kind: perAcceleratorHour, amount: 2.5 }
    tranches:
      - { id: now, promised: ${dayFromNow(-30)}, accelerators: 32, delivered: ${dayFromNow(-30)} }
      - id: soon # asked for twice
        promised: ${dayFromNow(10)}
        accelerators: 16
options:
  - { id: longer, kind: extend, months: 12, window: { start: ${dayFromNow(-5)}, until: ${dayFromNow(5)} } }
  - { id: later, kind: terminate, window: { start: ${dayFromNow(300)}, until: ${dayFromNow(400)} } }
notes:
  - kept as it is written
`

const DRAFT = `id: second
title: More H100
provider: north
instrument: capacity
status: draft
term: { start: ${dayFromNow(-1)}, until: ${dayFromNow(365)} }
lines:
  - id: h100
    hardware: h100
    region: us-east
    price: { kind: perAcceleratorHour, amount: 2.25 }
    tranches:
      - { id: all, promised: ${dayFromNow(-1)}, accelerators: 16 }
`

/** A portfolio around today: 32 accelerators are there, 16 come in ten days, a draft would bring 16 more. */
export function smallFiles(): FileText[] {
  return [
    { path: 'agreements/first.yaml', text: AGREEMENT },
    { path: 'agreements/second.yaml', text: DRAFT },
    { path: 'offtake.yaml', text: SETTINGS },
  ]
}

/** The files with some words of them exchanged. */
export function withWords(files: readonly FileText[], words: string, others: string): FileText[] {
  return files.map(({ path, text }) => ({ path, text: text.replace(words, others) }))
}
