import { stated } from '@offtake/core/base/figure'
import { HOUR_MS, parseInstant } from '@offtake/core/base/instant'
import { money } from '@offtake/core/base/money'
import { expect, test } from 'vitest'
import { BUILT_IN, edited, SMALL_PRICES, smallPortfolio } from '../testing/small-portfolio.ts'
import { readPortfolio } from './read-portfolio.ts'

function readSmall(...args: Parameters<typeof smallPortfolio>) {
  const result = readPortfolio(smallPortfolio(...args), BUILT_IN)
  return result.ok ? { portfolio: result.value, problems: [] } : { problems: result.problems }
}

/** `line:column code`, for every problem of a file. */
function problemsOf(...args: Parameters<typeof smallPortfolio>): string[] {
  return readSmall(...args).problems.map(
    ({ file, line, column, code }) => `${file}:${line}:${column} ${code}`,
  )
}

test('a portfolio without problems is read into the words of the core', () => {
  const { portfolio, problems } = readSmall()
  expect(problems).toEqual([])
  const [alpha, beta] = portfolio?.agreements ?? []
  expect(alpha?.commitment).toEqual({
    total: { value: money(12_000_000_000_000n, 'USD'), provenance: { kind: 'stated', source: 'order form' } },
    interval: 'year',
    takeOrPay: stated(800_000, 'agreements/alpha.yaml'),
    ramp: stated([250_000, 750_000], 'agreements/alpha.yaml'),
    carryForward: false,
  })
  expect(alpha?.lines[0]?.tranches[1]).toEqual({
    id: 'second',
    accelerators: { value: 192, provenance: { kind: 'assumed', reason: 'sum ÷ price ÷ hours' } },
    promised: stated(parseInstant('2026-09-01'), 'agreements/alpha.yaml'),
  })
  expect(alpha?.buyer).toBe('Small lab')
  expect(beta?.layer).toBe('hardware')
  expect(portfolio?.quotes.map(({ agreement }) => [agreement.id, agreement.status])).toEqual([
    ['gamma-offer', 'draft'],
  ])
  expect(portfolio?.workloads[0]?.checkpointMs).toBe(HOUR_MS / 2)
  expect(portfolio?.services[0]?.replica.accepts).toEqual([{ hardware: 'h100', speed: 1.5 }])
  expect(portfolio?.fleet.pools[0]?.pool.id).toBe('own/anywhere/h100')
  expect(portfolio?.prices.points.map(({ series }) => series)).toEqual(['neocloud-h100', 'alpha/h100'])
  expect(portfolio?.expectations[0]?.expected).toBe(6_000_000)
})

test('every figure that says where it comes from is registered with its place', () => {
  const register = readSmall().portfolio?.figures.map(
    ({ file, field, provenance }) => `${file} ${field} ${provenance.kind}`,
  )
  expect(register).toEqual([
    'offtake.yaml revenue[0].revenue assumed',
    'agreements/alpha.yaml term.until derived',
    'agreements/alpha.yaml commitment.total stated',
    'agreements/alpha.yaml lines[0].tranches[1].accelerators assumed',
    'prices/list.csv price of neocloud-h100 from 2026-01-01 stated',
    'prices/list.csv price of alpha/h100 from 2026-01-01 stated',
  ])
})

const ALPHA = 'agreements/alpha.yaml'
const BETA = 'agreements/beta.yaml'
const WORK = 'workloads/work.yaml'
const MAIN = 'offtake.yaml'

test.each<[string, string, string, string, string]>([
  ['broken YAML', ALPHA, 'provider: alpha', 'provider: [alpha', '4:1 brokenYaml'],
  [
    'a field that is written twice',
    ALPHA,
    'provider: alpha',
    'id: again\nprovider: alpha',
    '3:1 duplicateField',
  ],
  ['an unknown field', ALPHA, 'takeOrPay: 80%', 'takeOrPay: 80%\n  takeOrPaid: 80%', '13:3 unknownField'],
  ['a field of the wrong kind', ALPHA, 'title: Reserved H100', 'title: [Reserved]', '2:8 wrongType'],
  ['an empty field', ALPHA, 'title: Reserved H100', 'title:', '2:1 wrongType'],
  ['a missing field', ALPHA, 'title: Reserved H100\n', '', '1:1 missingField'],
  [
    'a word that is not offered',
    ALPHA,
    'instrument: capacity',
    'instrument: capacities',
    '4:13 unknownChoice',
  ],
  ['a price of unknown kind', ALPHA, 'kind: perAcceleratorHour', 'kind: perHour', '19:13 unknownChoice'],
  ['reversed dates of the term', ALPHA, '{ value: 2028-01-01,', '{ value: 2025-01-01,', '8:19 reversedDates'],
  ['a date that does not exist', ALPHA, 'signed: 2025-12-01', 'signed: 2025-02-30', '5:9 unreadableDate'],
  ['a date beyond the calendar', ALPHA, 'signed: 2025-12-01', 'signed: 9025-12-01', '5:9 dateOutOfRange'],
  [
    'a tranche before its term',
    ALPHA,
    'promised: 2026-09-01',
    'promised: 2025-09-01',
    '26:19 trancheOutsideTerm',
  ],
  [
    'a tranche after its term',
    ALPHA,
    'promised: 2026-09-01',
    'promised: 2028-01-01',
    '26:19 trancheOutsideTerm',
  ],
  [
    'negative accelerators',
    ALPHA,
    'accelerators: 64, promised',
    'accelerators: -64, promised',
    '23:36 badAccelerators',
  ],
  ['fractional accelerators', ALPHA, '{ value: 192,', '{ value: 19.2,', '25:32 badAccelerators'],
  ['endless accelerators', ALPHA, '{ value: 192,', '{ value: .inf,', '25:32 wrongType'],
  ['accelerators that are no number', ALPHA, '{ value: 192,', '{ value: .nan,', '25:32 wrongType'],
  ['more accelerators than there are', ALPHA, '{ value: 192,', '{ value: 1e300,', '25:32 badAccelerators'],
  ['unknown hardware', ALPHA, 'hardware: h100', 'hardware: h1000', '16:15 unknownHardware'],
  ['a sum in another currency', ALPHA, 'value: 12m,', 'value: 12m EUR,', '10:19 currencyMix'],
  [
    'an agreement in another currency',
    ALPHA,
    'provider: alpha',
    'provider: alpha\ncurrency: EUR',
    '4:11 currencyMix',
  ],
  ['a sum that cannot be read', ALPHA, 'value: 12m,', 'value: 12 millions,', '10:19 unreadableAmount'],
  ['a negative sum', ALPHA, 'value: 12m,', 'value: -12m,', '10:19 amountOutOfRange'],
  ['a sum without measure', ALPHA, 'value: 12m,', 'value: 12e99,', '10:19 unreadableAmount'],
  ['a share above one', ALPHA, 'takeOrPay: 80%', 'takeOrPay: 80', '12:14 shareOutOfRange'],
  ['a share that cannot be read', ALPHA, 'takeOrPay: 80%', 'takeOrPay: most', '12:14 unreadableShare'],
  [
    'a figure with two origins',
    ALPHA,
    'source: order form',
    'source: order form, assumed: too',
    '10:10 badProvenance',
  ],
  ['a ramp that does not add up to one', ALPHA, '[0.25, 0.75]', '[0.25, 0.7]', '13:9 rampNotWhole'],
  [
    'a ramp of another length than the term',
    ALPHA,
    '[0.25, 0.75]',
    '[0.25, 0.25, 0.5]',
    '13:9 rampOfOtherLength',
  ],
  ['a floor above its cap', ALPHA, 'floor: 1.80', 'floor: 3.80', '21:44 floorAboveCap'],
  [
    'an index that no series follows',
    ALPHA,
    'name: neocloud-h100',
    'name: neocloud-h10',
    '21:22 unknownSeries',
  ],
  [
    'an option exercised before its window',
    ALPHA,
    'exercised: 2026-04-01',
    'exercised: 2026-02-28',
    '33:16 optionOutsideWindow',
  ],
  [
    'an option exercised when its window has closed',
    ALPHA,
    'exercised: 2026-04-01',
    'exercised: 2026-09-01',
    '33:16 optionOutsideWindow',
  ],
  ['an extension of unknown length', ALPHA, 'kind: expand', 'kind: extend', '29:5 extensionWithoutMonths'],
  ['a reversed window', ALPHA, 'until: 2026-07-01', 'until: 2026-01-01', '41:41 reversedDates'],
  [
    'a binding letter of intent',
    ALPHA,
    'instrument: capacity',
    'instrument: letterOfIntent\nbinding: true',
    '5:10 bindingLetterOfIntent',
  ],
  [
    'a draft that was signed',
    ALPHA,
    'signed: 2025-12-01',
    'signed: 2025-12-01\nstatus: draft',
    '5:9 draftWithSignature',
  ],
  ['an id with a slash', ALPHA, 'id: first', 'id: first/half', '23:15 badIdentifier'],
  ['two tranches of one id', ALPHA, 'id: second', 'id: first', '24:13 duplicateId'],
  [
    'an overlap with nothing known',
    BETA,
    'agreement: alpha-1',
    'agreement: alpha-2',
    '14:18 unknownAgreement',
  ],
  ['an overlap with itself', BETA, 'agreement: alpha-1', 'agreement: beta-1', '14:18 overlapWithItself'],
  [
    'an id that another agreement has',
    'quotes/gamma.yaml',
    'id: gamma-offer',
    'id: beta-1',
    '1:5 duplicateId',
  ],
  ['an unknown tenant', WORK, 'tenant: research', 'tenant: reserach', '3:13 unknownTenant'],
  ['an unknown profile', WORK, 'profile: steady', 'profile: stead', '4:14 unknownProfile'],
  [
    'hardware that no pool will ever have',
    WORK,
    'accepts: [h100]',
    'accepts: [gb200-nvl72]',
    '6:14 noPoolEver',
  ],
  ['work that accepts nothing', WORK, 'accepts: [h100]', 'accepts: []', '6:14 acceptsNothing'],
  [
    'a member larger than any node',
    WORK,
    'acceleratorsPerMember: 8',
    'acceleratorsPerMember: 16',
    '11:39 memberLargerThanNode',
  ],
  [
    'a share beside whole accelerators',
    WORK,
    'acceleratorsPerMember: 8',
    'acceleratorsPerMember: 8, acceleratorMilliPerMember: 500',
    '11:14 badAlternative',
  ],
  ['steps out of order', WORK, '2026-06-08', '2026-05-08', '16:17 stepsOutOfOrder'],
  ['a duration without unit', WORK, '30m', '30', '7:17 wrongType'],
  ['a duration that cannot be read', WORK, '30m', 'half an hour', '7:17 unreadableDuration'],
  ['two pieces of work of one id', WORK, 'id: assistant', 'id: experiments', '9:9 duplicateId'],
  ['an unknown parent', MAIN, 'parent: lab', 'parent: lap', '9:13 unknownParent'],
  ['a tenant that is its own parent', MAIN, 'parent: lab', 'parent: research', '9:13 tenantCycle'],
  ['a quota for no known pool', MAIN, 'alpha/west/h100', 'alpha/east/h100', '11:17 unknownPool'],
  ['two quotas for one pool', MAIN, "pool: '*'", 'pool: alpha/west/h100', '12:17 poolTwice'],
  ['a year twice', MAIN, 'year: 2027', 'year: 2026', '15:13 yearTwice'],
  [
    'an expectation of an unknown agreement',
    MAIN,
    '[alpha-1, beta-1]',
    '[alpha-1, beta-2]',
    '18:33 unknownAgreement',
  ],
  [
    'an expectation of two things',
    MAIN,
    'of: { agreements',
    'of: { sum: 1, agreements',
    '18:9 badAlternative',
  ],
  [
    'a window outside the horizon',
    MAIN,
    'until: 2026-06-15',
    'until: 2029-06-15',
    '4:9 windowOutsideHorizon',
  ],
  ['a reversed horizon', MAIN, 'until: 2029-01-01', 'until: 2025-01-01', '3:38 reversedDates'],
  ['a currency that is none', MAIN, 'currency: USD', 'currency: Dollars', '2:11 wrongType'],
  [
    'a shape for an unknown pool',
    'fleet/own.yaml',
    'hardware: gb200-nvl72',
    'pool: own/here/h100',
    '2:13 unknownPool',
  ],
])('%s is a problem with its place', (_, file, part, by, expected) => {
  expect(problemsOf(edited(file, part, by))).toEqual([`${file}:${expected}`])
})

test('an empty file is a problem', () => {
  expect(problemsOf({ [BETA]: '# nothing yet\n' })).toEqual([`${BETA}:1:1 emptyFile`])
})

test('a folder without offtake.yaml says so once, and still checks its other files', () => {
  expect(problemsOf({ [MAIN]: undefined, ...edited(ALPHA, 'hardware: h100', 'hardware: h1') })).toEqual([
    `${ALPHA}:16:15 unknownHardware`,
    `${MAIN}:1:1 missingSettings`,
  ])
})

test('a file that could not be read makes nothing that it may hold unknown', () => {
  const files = smallPortfolio({ [ALPHA]: undefined })
  const result = readPortfolio({ ...files, unread: [ALPHA] }, BUILT_IN)
  expect(result.ok).toBe(true)
})

test('two tenants of one id, and a circle of three, are each said where they stand', () => {
  const [head = ''] = (smallPortfolio().texts[0]?.text ?? '').split('tenants:')
  const tenants = (text: string) => ({ [MAIN]: `${head}tenants:\n${text}`, [WORK]: undefined })
  expect(problemsOf(tenants('  - { id: a }\n  - { id: b }\n  - { id: a }\n'))).toEqual([
    `${MAIN}:9:11 duplicateId`,
  ])
  const circle = '  - { id: a, parent: b }\n  - { id: b, parent: c }\n  - { id: c, parent: a }\n'
  expect(problemsOf(tenants(circle))).toEqual([7, 8, 9].map((line) => `${MAIN}:${line}:22 tenantCycle`))
})

test('two agreements that make the same thing exclusive to different parties contradict each other', () => {
  const rival = `exclusivities:
  - party: Beta
    scope: Resale of the model
    window: { start: 2026-12-01, until: 2028-01-01 }
`
  const beta = smallPortfolio().texts.find(({ file }) => file === BETA)?.text ?? ''
  expect(problemsOf({ [BETA]: beta + rival })).toEqual([`${BETA}:16:5 overlappingExclusivities`])
  expect(problemsOf({ [BETA]: beta + rival.replace('2026-12-01', '2027-01-01') })).toEqual([])
  expect(problemsOf({ [BETA]: beta + rival.replace('Beta', 'Alpha') })).toEqual([])
})

test('all problems of all files come at once, in order of file and line', () => {
  const changed = {
    ...edited(ALPHA, 'title: Reserved H100', 'titel: Reserved H100'),
    ...edited(BETA, 'hardware: gb200-nvl72', 'hardware: gb300'),
    ...edited(WORK, 'tenant: research', 'tenant: nobody'),
  }
  expect(problemsOf(changed)).toEqual([
    `${ALPHA}:1:1 missingField`,
    `${ALPHA}:2:1 unknownField`,
    `${BETA}:9:15 unknownHardware`,
    `${WORK}:3:13 unknownTenant`,
  ])
})

test('a misspelt field hides no contradiction elsewhere in its file', () => {
  const text = smallPortfolio()
    .texts.find(({ file }) => file === ALPHA)
    ?.text.replace('id: first,', 'id: first, colour: red,')
    .replace('accelerators: 64, promised', 'accelerators: many, promised')
    .replace('promised: 2026-09-01', 'promised: 2030-09-01')
  expect(problemsOf({ [ALPHA]: text })).toEqual([
    `${ALPHA}:23:22 unknownField`,
    `${ALPHA}:23:49 wrongType`,
    `${ALPHA}:26:19 trancheOutsideTerm`,
  ])
})

test('a misspelt name brings the nearest known one', () => {
  const messages = readSmall({
    ...edited(ALPHA, 'takeOrPay: 80%', 'takeorpay: 80%'),
    ...edited(BETA, 'hardware: gb200-nvl72', 'hardware: GB200'),
  }).problems.map(({ message }) => message)
  expect(messages).toContain("commitment.takeorpay is no known field, did you mean 'takeOrPay'?")
  expect(messages).toContain("lines[0].hardware: no hardware is called 'GB200', did you mean 'gb200-nvl72'?")
})

test('a value of another kind is told what it must be', () => {
  const told = (part: string, by: string) => readSmall(edited(ALPHA, part, by)).problems[0]?.message
  expect(told('value: 12m,', 'value: [],')).toBe(
    'commitment.total.value: must be a sum such as 2.1, 38bn or 1.4tn, not a list',
  )
  expect(told('amount: 2.10', 'amount: true')).toBe(
    'lines[0].price.amount: must be a sum such as 2.1, 38bn or 1.4tn, not true',
  )
  expect(told('accelerators: 64, promised', 'accelerators: many, promised')).toBe(
    "lines[0].tranches[0].accelerators: must be a number of accelerators, not 'many'",
  )
  expect(told('takeOrPay: 80%', 'takeOrPay: { val: 80% }')).toBe('commitment.takeOrPay.value is missing')
  expect(told('promised: 2026-09-01', 'promised: 2026')).toBe(
    'lines[0].tranches[1].promised: must be a date such as 2025-11-03, not 2026',
  )
  expect(told('interval: year', 'interval: 3')).toBe(
    'commitment.interval: 3 is none of month, quarter, year, fullTerm',
  )
})

test('text with a comma that lacks its quotes is explained', () => {
  const [problem] = readSmall(edited(ALPHA, 'derived: two years', 'derived: two years, as usual')).problems
  expect(problem?.message).toBe('term.until.as usual is no known field: text that holds a comma needs quotes')
})

test('names of the language itself are unknown fields like any other', () => {
  for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'toString'])
    expect(problemsOf(edited(ALPHA, 'provider: alpha', `provider: alpha\n${name}: { id: x }`))).toEqual([
      `${ALPHA}:4:1 unknownField`,
    ])
})

test('problems of price tables come with the line of their row', () => {
  const [head = [], index = [], list = []] = SMALL_PRICES
  const prices = [
    head,
    index,
    list,
    ['alpha/h100', '2026-01-01', '3', ''],
    ['alpha/h100', '2026-13-01', '3', ''],
    ['alpha/h100', '2026-03-01', 'NaN', ''],
    ['alpha/h100', '2026-04-01', '3 EUR', ''],
    ['alpha/h1oo', '2026-04-01', '3', ''],
    ['', '2026-04-01', '3', ''],
    ['alpha/h100', '2026-05-01'],
  ]
  expect(problemsOf({}, prices)).toEqual([
    'prices/list.csv:4:1 pointTwice',
    'prices/list.csv:5:1 unreadableDate',
    'prices/list.csv:6:1 unreadableAmount',
    'prices/list.csv:7:1 currencyMix',
    'prices/list.csv:8:1 unknownHardware',
    'prices/list.csv:9:1 missingField',
    'prices/list.csv:10:1 brokenTable',
  ])
  expect(problemsOf({}, [['series', 'frm', 'perAcceleratorHour'], ...prices.slice(1, 3)])).toContain(
    'prices/list.csv:1:1 unknownField',
  )
})
