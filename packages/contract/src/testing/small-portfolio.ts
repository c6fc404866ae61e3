import type { BuiltIn } from '../portfolio/built-in.ts'
import type { PortfolioFiles } from '../portfolio/contents.ts'

/** What the tests' portfolios may name. */
export const BUILT_IN: BuiltIn = {
  hardware: [
    {
      id: 'h100',
      name: 'H100',
      hbmGb: 80,
      hbmTbPerSecond: 3.35,
      shape: { acceleratorsPerNode: 8, nodesPerDomain: 1 },
      confidence: 'H',
      source: 'a datasheet',
    },
    {
      id: 'gb200-nvl72',
      name: 'GB200',
      shape: { acceleratorsPerNode: 4, nodesPerDomain: 18 },
      confidence: 'H',
      source: 'a datasheet',
    },
  ],
  profiles: [
    {
      id: 'steady',
      source: 'made up',
      sizes: [{ accelerators: 8, share: 1 }],
      durations: [{ upToAccelerators: 8, seconds: { at: [0, 1], values: [60, 3600] } }],
      gaps: [{ upToRate: 1, gaps: { at: [0, 1], values: [0, 2] } }],
      hourOfDay: Array.from({ length: 24 }, () => 1),
      dayOfWeek: Array.from({ length: 7 }, () => 1),
    },
  ],
}

const SETTINGS = `name: Small lab
currency: USD
horizon: { start: 2026-01-01, until: 2029-01-01 }
window: { start: 2026-06-01, until: 2026-06-15 }
asOf: 2026-05-31
tenants:
  - id: lab
  - id: research
    parent: lab
    quotas:
      - { pool: alpha/west/h100, accelerators: 64 }
      - { pool: '*', accelerators: 16 }
revenue:
  - { year: 2026, revenue: { value: 40m, assumed: a plan } }
  - { year: 2027, revenue: 60m }
expectations:
  - name: both agreements
    of: { agreements: [alpha-1, beta-1] }
    overYears: 2
    expected: 6m
    tolerance: 5%
`

const ALPHA = `id: alpha-1
title: Reserved H100
provider: alpha
instrument: capacity
signed: 2025-12-01
term:
  start: 2026-01-01
  until: { value: 2028-01-01, derived: two years }
commitment:
  total: { value: 12m, source: order form }
  interval: year
  takeOrPay: 80%
  ramp: [0.25, 0.75]
lines:
  - id: h100
    hardware: h100
    region: west
    price:
      kind: perAcceleratorHour
      amount: 2.10
      index: { name: neocloud-h100, floor: 1.80, cap: 2.90 }
    tranches:
      - { id: first, accelerators: 64, promised: 2026-01-01, delivered: 2026-01-05 }
      - id: second
        accelerators: { value: 192, assumed: sum ÷ price ÷ hours }
        promised: 2026-09-01
prepayment: { amount: 500k, due: 2025-12-15 }
options:
  - id: expand
    kind: expand
    window: { start: 2026-03-01, until: 2026-09-01 }
    accelerators: 64
    exercised: 2026-04-01
exclusivities:
  - party: Alpha
    scope: resale of the model
    window: { start: 2026-01-01, until: 2027-01-01 }
priorityRights:
  - holder: Alpha
    subject: new capacity in the west
    window: { start: 2026-01-01, until: 2026-07-01 }
`

const BETA = `id: beta-1
title: Chips that alpha runs
provider: beta
instrument: capacity
layer: hardware
term: { start: 2026-01-01, until: 2029-01-01 }
lines:
  - id: racks
    hardware: gb200-nvl72
    price: { kind: perMwMonth, amount: 120k, megawatts: 1.5 }
    tranches:
      - { id: all, accelerators: 72, promised: 2026-06-01, expected: 2026-08-01 }
overlaps:
  - { agreement: alpha-1, because: alpha is the one who runs the chips }
`

const QUOTE = `id: gamma-offer
title: An offer
provider: gamma
instrument: capacity
validUntil: 2026-07-01
term: { start: 2026-08-01, until: 2027-08-01 }
lines:
  - id: h100
    hardware: h100
    price: { kind: fixed, amount: 1m, every: month }
`

const WORK = `workloads:
  - id: experiments
    tenant: research
    profile: steady
    jobsPerDay: 12
    accepts: [h100]
    checkpoint: 30m
services:
  - id: assistant
    tenant: lab
    replica: { acceleratorsPerMember: 8, accepts: [{ hardware: h100, speed: 1.5 }], within: node }
    demand:
      kind: steps
      steps:
        - { at: 2026-06-01, replicas: 2 }
        - { at: 2026-06-08, replicas: 3 }
`

const FLEET = `shapes:
  - { hardware: gb200-nvl72, domainsPerBlock: 4 }
pools:
  - provider: own
    hardware: h100
    nodes: [{ domains: 4, acceleratorsPerNode: 8 }]
    cpuCores: 1000
`

/** The texts of a portfolio without any problem. */
export const SMALL_TEXTS: Readonly<Record<string, string>> = {
  'offtake.yaml': SETTINGS,
  'agreements/alpha.yaml': ALPHA,
  'agreements/beta.yaml': BETA,
  'quotes/gamma.yaml': QUOTE,
  'workloads/work.yaml': WORK,
  'fleet/own.yaml': FLEET,
}

export const SMALL_PRICES = [
  ['series', 'from', 'perAcceleratorHour', 'source'],
  ['neocloud-h100', '2026-01-01', '2.53', 'an index'],
  ['alpha/h100', '2026-01-01', '2.99', 'a list'],
]

/** The small portfolio's files, with other texts in place of its own; a text that is left out takes its file away. */
export function smallPortfolio(
  changed: Readonly<Record<string, string | undefined>> = {},
  prices: readonly (readonly string[])[] = SMALL_PRICES,
): PortfolioFiles {
  const texts = Object.entries({ ...SMALL_TEXTS, ...changed }).flatMap(([file, text]) =>
    text === undefined ? [] : [{ file, text }],
  )
  const rows = prices.map((cells, at) => ({ line: at + 1, cells }))
  return { texts, tables: [{ file: 'prices/list.csv', rows }] }
}

/** One of the small portfolio's texts with a part replaced, which must be there once. */
export function edited(file: string, part: string, by: string): Readonly<Record<string, string>> {
  const text = SMALL_TEXTS[file] ?? ''
  if (text.split(part).length !== 2) throw new Error(`'${part}' is not there once in ${file}`)
  return { [file]: text.replace(part, () => by) }
}
