import type { NewFile } from './files/write-folder.ts'

const SETTINGS = `# yaml-language-server: $schema=schemas/offtake.schema.json
# What the whole portfolio shares. docs/portfolio.md explains every field.
name: My portfolio
currency: USD

# Obligations, charges and cash are worked out for the horizon. 'until' is the first day that no longer belongs to it.
horizon: { start: 2026-01-01, until: 2029-01-01 }
# The window is played gang by gang: which work runs where, and when.
window: { start: 2026-06-01, until: 2026-06-15 }
# Obligations are counted from this day on.
asOf: 2026-05-31
# The same seed draws the same work.
seed: 1

# Who asks for capacity. A tenant's quotas are its own; what it leaves idle is lent, and comes back when it asks.
reclaimNotice: 30m
tenants:
  - id: research
    name: Research
    quotas:
      - { pool: some-cloud/eu-west/h100, accelerators: 48 }
  - id: product
    name: Product
    quotas:
      - { pool: some-cloud/eu-west/h100, accelerators: 16 }

# Any number may say where it comes from: source, derived or assumed.
revenue:
  - { year: 2026, revenue: { value: 4m, source: board plan of March 2026 } }
  - { year: 2027, revenue: { value: 9m, assumed: the same growth as the year before } }
`

const AGREEMENT = `# yaml-language-server: $schema=../schemas/agreement.schema.json
# One file for each agreement.
id: some-cloud-2026
title: 64 reserved H100 for two years
provider: some-cloud
# capacity, spend, onDemand, spot, owned, backstop or letterOfIntent
instrument: capacity
signed: 2026-01-15
term: { start: 2026-03-01, until: 2028-03-01 }

lines:
  - id: h100
    hardware: h100
    region: eu-west
    price:
      kind: perAcceleratorHour
      amount: { value: 2.20, assumed: replace this by the price of your agreement }
      escalator: { perYear: 2% }
    # The part that is owed whether used or not.
    takeOrPay: 90%
    # What arrives when. Add 'delivered' when it did, or 'expected' when it is late.
    tranches:
      - { id: first, accelerators: 32, promised: 2026-03-01, delivered: 2026-03-04 }
      - { id: second, accelerators: 32, promised: 2026-05-01, delivered: 2026-05-01 }

payment: { netDays: 30, billed: inArrears }
options:
  - id: third-year
    kind: extend
    window: { start: 2027-09-01, until: 2028-01-01 }
    months: 12
lateDelivery: { graceDays: 14, creditPerWeek: 5% }
slaCredits:
  - { availabilityBelow: 99%, credit: 10% }
`

const QUOTE = `# yaml-language-server: $schema=../schemas/quote.schema.json
# An agreement that nobody has signed yet, with the day until which it holds.
id: other-cloud-offer
title: 64 B200 for a year
provider: other-cloud
instrument: capacity
validUntil: 2026-07-31
term: { start: 2026-10-01, until: 2027-10-01 }
lines:
  - id: b200
    hardware: b200
    region: us-central
    price: { kind: perAcceleratorHour, amount: { value: 4.40, assumed: replace this by the offer } }
    tranches:
      - { id: all, accelerators: 64, promised: 2026-10-01 }
`

const WORK = `# yaml-language-server: $schema=../schemas/workload.schema.json
# Jobs are drawn from a profile that was measured on a real cluster.
workloads:
  - id: experiments
    tenant: research
    profile: philly-2017
    jobsPerDay: 40
    accepts: [h100]
    checkpoint: 30m
    restart: 5m

# Services follow their demand: replicas come and go by the hour.
services:
  - id: assistant
    tenant: product
    priority: 10
    replica: { acceleratorsPerMember: 4, accepts: [h100], within: node, warmUp: 5m, drain: 1m }
    demand: { kind: daily, mean: 3, from: 2026-06-01, amplitude: 50%, peakHour: 14, weekend: 0.7 }
`

const PRICES = `# List prices and indices: a series is provider/hardware, or any name that an agreement's index uses.
series,from,perAcceleratorHour,source,assumed
some-cloud/h100,2026-01-01,3.00,,replace this by the list price of your provider
`

/** A small commented portfolio that passes \`check\` and runs. */
export const FIRST_PORTFOLIO: readonly NewFile[] = [
  { path: 'offtake.yaml', text: SETTINGS },
  { path: 'agreements/some-cloud-2026.yaml', text: AGREEMENT },
  { path: 'quotes/other-cloud-offer.yaml', text: QUOTE },
  { path: 'workloads/work.yaml', text: WORK },
  { path: 'prices/lists.csv', text: PRICES },
]
