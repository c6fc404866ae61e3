import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const SETTINGS = `
name: Two agreements
buyer: lab
currency: USD
horizon: { start: 2026-01-01, until: 2028-01-01 }
window: { start: 2026-01-05, until: 2026-01-12 }
asOf: 2026-01-01
seed: 1
tenants:
  - { id: lab, name: Lab }
revenue:
  - { year: 2026, revenue: { value: 4m, assumed: a plan } }
`

const RESERVED = `
id: reserved
title: Reserved racks
provider: north
instrument: capacity
signed: 2025-11-01
term: { start: 2026-01-01, until: 2028-01-01 }
lines:
  - id: racks
    hardware: gb200-nvl72
    region: us-east
    price: { kind: perAcceleratorHour, amount: 2.00 }
    tranches:
      - { id: first, accelerators: 72, promised: 2026-01-01, delivered: 2026-01-01 }
      - { id: second, accelerators: { value: 144, assumed: twice the first }, promised: 2026-07-01 }
renewal: { kind: automatic, months: 12, noticeDays: 90 }
priorityRights:
  - { holder: north, subject: more racks, window: { start: 2025-11-01, until: 2026-06-01 }, source: the agreement }
`

const SPEND = `
id: spend
title: A sum to spend
provider: south
instrument: spend
signed: 2025-12-01
term: { start: 2026-01-01, until: { value: 2030-01-01, assumed: usual } }
commitment: { total: 8m, interval: year, takeOrPay: 75% }
`

const LETTER = `
id: letter
title: A letter
provider: east
instrument: letterOfIntent
layer: power
term: { start: 2026-01-01, until: 2028-01-01 }
commitment: { total: 1bn, interval: fullTerm, takeOrPay: 100% }
`

const SERVICE = `
services:
  - id: chat
    tenant: lab
    priority: 1
    replica: { members: 18, acceleratorsPerMember: 4, accepts: [gb200-nvl72], within: domain, warmUp: 1m, drain: 1m }
    demand:
      kind: steps
      steps:
        - { at: 2026-01-01, replicas: 1 }
        - { at: 2026-04-01, replicas: 2 }
        - { at: 2027-01-01, replicas: 0 }
`

const written: string[] = []

afterAll(async () => {
  for (const folder of written) await rm(folder, { recursive: true })
})

/** A folder with a small portfolio that is easy to reckon by hand; `files` go on top of it. It is gone after the tests. */
export async function writePortfolio(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'offtake-'))
  written.push(folder)
  const all = {
    'offtake.yaml': SETTINGS,
    'agreements/reserved.yaml': RESERVED,
    'agreements/spend.yaml': SPEND,
    'agreements/letter.yaml': LETTER,
    'workloads/chat.yaml': SERVICE,
    ...files,
  }
  for (const [file, text] of Object.entries(all)) {
    await mkdir(join(folder, file, '..'), { recursive: true })
    await writeFile(join(folder, file), text)
  }
  return folder
}
