import type { Agreement } from '@offtake/core/agreements/agreement'
import { assumed, derived, stated } from '@offtake/core/base/figure'
import { type Instant, parseInstant } from '@offtake/core/base/instant'
import { money } from '@offtake/core/base/money'
import type { Share } from '@offtake/core/base/quantity'
import { expect, test } from 'vitest'
import { agreementFile, quoteFile } from './agreement.ts'
import { readYaml } from './yaml-text.ts'

const READING = { file: 'agreements/all.yaml', currency: 'USD', buyer: 'Small lab' }

/** Every field that an agreement has, each with something in it. */
const EVERYTHING = `
id: all
title: Everything that can be said
provider: north
buyer: A lab
instrument: letterOfIntent
layer: power
binding: false
plannedOn: true
status: signed
signed: 2025-11-03
term: { start: 2026-01-01, until: { value: 2033-01-01, derived: seven years } }
currency: USD
commitment:
  total: { value: 38bn, source: an announcement }
  interval: quarter
  takeOrPay: { value: 90%, assumed: usual }
  ramp: { value: [0.3, 0.7], assumed: as announced }
  carryForward: true
powerMw: { value: 4500, source: a report }
lines:
  - id: chips
    hardware: gb300-nvl72
    region: us-east
    fabric: roce
    price:
      kind: perMwMonth
      amount: 120k
      megawatts: { value: 1.5, assumed: a rack }
      escalator: { perYear: -2% }
    takeOrPay: 50%
    tranches:
      - id: first
        accelerators: { value: 72, derived: one rack }
        promised: { value: 2026-03-01, assumed: the first quarter }
        delivered: 2026-04-01
        expected: { value: 2026-03-20, source: a call }
    cpuCores: 20000
  - id: cpu
    hardware: cpu
    price: { kind: fixed, amount: 1m, every: fullTerm }
    cpuCores: { value: 10000000, source: an announcement }
prepayment: { amount: { value: 1bn, source: a filing }, due: 2025-12-01 }
payment: { netDays: { value: 45, assumed: usual }, billed: inAdvance }
renewal: { kind: automatic, months: 12, noticeDays: 180 }
documents:
  - name: The contract
    dated: 2025-11-03
    sha256: E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855
    link: https://files.lab/all.pdf
  - name: A letter
options:
  - id: more
    kind: expand
    window: { start: 2027-01-01, until: 2028-01-01 }
    accelerators: { value: 720, assumed: ten racks }
    months: 6
    exercised: 2027-06-01
    note: in steps of a rack
priorityRights:
  - { holder: South, subject: new halls, window: { start: 2026-01-01, until: 2027-01-01 }, source: a filing }
exclusivities:
  - { party: South, scope: hosting, window: { start: 2026-01-01, until: 2027-01-01 } }
lateDelivery:
  graceDays: 30
  creditPerWeek: { value: 5%, assumed: usual }
  creditCap: 50%
  terminateAfterLateTranches: 3
slaCredits: [{ availabilityBelow: 99.5%, credit: 10% }]
resale: { allowed: true, consent: none, note: to anyone }
equity: [{ holder: A lab, what: warrants, source: a filing }]
overlaps: [{ agreement: other, because: the same chips }]
unknowns: [the price]
notes: [read twice]
`

function plainValue(text: string): unknown {
  const result = readYaml(READING.file, text)
  return result.ok ? result.value.value : expect.fail(JSON.stringify(result.problems))
}

function day(text: string): Instant {
  return parseInstant(text) ?? expect.fail(text)
}

const here = <Value>(value: Value) => stated(value, READING.file)
const usd = (units: bigint) => money(units * 1_000_000n, 'USD')
const year2026 = { start: day('2026-01-01'), until: day('2027-01-01') }

const EXPECTED: Agreement = {
  id: 'all',
  title: 'Everything that can be said',
  provider: 'north',
  buyer: 'A lab',
  instrument: 'letterOfIntent',
  layer: 'power',
  binding: false,
  plannedOn: true,
  status: 'signed',
  signed: day('2025-11-03'),
  term: { start: here(day('2026-01-01')), until: derived(day('2033-01-01'), 'seven years') },
  currency: 'USD',
  commitment: {
    total: stated(usd(38_000_000_000n), 'an announcement'),
    interval: 'quarter',
    takeOrPay: assumed(900_000 as Share, 'usual'),
    ramp: assumed([300_000 as Share, 700_000 as Share], 'as announced'),
    carryForward: true,
  },
  powerMw: stated(4500, 'a report'),
  lines: [
    {
      id: 'chips',
      hardware: 'gb300-nvl72',
      region: 'us-east',
      fabric: 'roce',
      price: {
        kind: 'perMwMonth',
        amount: here(usd(120_000n)),
        megawatts: assumed(1.5, 'a rack'),
        escalator: { perYear: here(-20_000 as Share) },
      },
      takeOrPay: here(500_000 as Share),
      tranches: [
        {
          id: 'first',
          accelerators: derived(72, 'one rack'),
          promised: assumed(day('2026-03-01'), 'the first quarter'),
          delivered: day('2026-04-01'),
          expected: stated(day('2026-03-20'), 'a call'),
        },
      ],
      cpuCores: here(20_000),
    },
    {
      id: 'cpu',
      hardware: 'cpu',
      region: 'anywhere',
      fabric: 'default',
      price: { kind: 'fixed', amount: here(usd(1_000_000n)), every: 'fullTerm' },
      tranches: [],
      cpuCores: stated(10_000_000, 'an announcement'),
    },
  ],
  prepayment: { amount: stated(usd(1_000_000_000n), 'a filing'), due: day('2025-12-01') },
  payment: { netDays: 45, billed: 'inAdvance' },
  renewal: { kind: 'automatic', months: 12, noticeDays: 180 },
  options: [
    {
      id: 'more',
      kind: 'expand',
      window: { start: day('2027-01-01'), until: day('2028-01-01') },
      accelerators: assumed(720, 'ten racks'),
      months: 6,
      exercised: day('2027-06-01'),
      note: 'in steps of a rack',
    },
  ],
  priorityRights: [{ holder: 'South', subject: 'new halls', window: year2026, source: 'a filing' }],
  exclusivities: [{ party: 'South', scope: 'hosting', window: year2026, source: READING.file }],
  lateDelivery: {
    graceDays: 30,
    creditPerWeek: assumed(50_000 as Share, 'usual'),
    creditCap: here(500_000 as Share),
    terminateAfterLateTranches: 3,
  },
  slaCredits: [{ availabilityBelow: 995_000 as Share, credit: 100_000 as Share }],
  resale: { allowed: true, consent: 'none', note: 'to anyone' },
  equity: [{ holder: 'A lab', what: 'warrants', source: 'a filing' }],
  overlaps: [{ agreement: 'other', because: 'the same chips' }],
  documents: [
    {
      name: 'The contract',
      dated: parseInstant('2025-11-03') as Instant,
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      link: 'https://files.lab/all.pdf',
    },
    { name: 'A letter' },
  ],
  unknowns: ['the price'],
  notes: ['read twice'],
}

test('everything that an agreement can say arrives in the words of the core', () => {
  expect(agreementFile(READING).parse(plainValue(EVERYTHING))).toEqual(EXPECTED)
})

test.each([
  ['a link that a reader must not click', '{ name: A, link: "javascript:alert(1)" }'],
  ['a link without a host', '{ name: A, link: "https://" }'],
  ['a digest that is too short', '{ name: A, sha256: e3b0c442 }'],
  ['no name', '{ link: "https://files.lab/a.pdf" }'],
  ['a field that nobody knows', '{ name: A, path: /a }'],
])('a document with %s is no document', (_, written) => {
  const text = `${LEAST}\ndocuments:\n  - ${written}\n`
  expect(agreementFile(READING).safeParse(plainValue(text)).success).toBe(false)
})

const LEAST =
  'id: a\ntitle: A\nprovider: north\ninstrument: capacity\nterm: { start: 2026-01-01, until: 2027-01-01 }\n'

test('an agreement needs five fields; the rest has defaults', () => {
  const agreement = agreementFile(READING).parse(plainValue(LEAST))
  expect(agreement).toMatchObject({
    buyer: 'Small lab',
    layer: 'cloud',
    binding: true,
    status: 'signed',
    currency: 'USD',
    lines: [],
    payment: { netDays: 30, billed: 'inArrears' },
  })
  const letter = agreementFile(READING).parse(plainValue(LEAST.replace('capacity', 'letterOfIntent')))
  expect(letter.binding).toBe(false)
})

test('a quote is a draft until somebody signs it, and has a day on which it ends', () => {
  const quote = quoteFile(READING).parse(plainValue(`${LEAST}validUntil: 2025-12-31\n`))
  expect(quote.validUntil).toBe(day('2025-12-31'))
  expect(quote.agreement.status).toBe('draft')
  expect(quoteFile(READING).safeParse(plainValue(LEAST)).success).toBe(false)
  expect(
    quoteFile(READING).safeParse(plainValue(`${LEAST}validUntil: 2025-12-31\nstatus: signed\n`)).success,
  ).toBe(false)
})

test('a ramp that was rounded to whole parts per million still adds up to all of it', () => {
  const thirds = `${LEAST}commitment: { total: 3, takeOrPay: 1, ramp: [33.3333%, 33.3333%, 33.3333%] }\n`
  expect(agreementFile(READING).parse(plainValue(thirds)).commitment?.ramp?.value).toEqual([
    333_333, 333_333, 333_334,
  ])
})
