import { z } from 'zod'
import { date } from '../portfolio/date.ts'
import { identifier } from '../portfolio/identifier.ts'
import { moment, pageOf, pageQuery } from './page.ts'
import { READERS } from './role.ts'
import { route } from './route.ts'
import { chargeBasis, metered, missing } from './usage-routes.ts'

const sum = z.string().describe('exact, in decimals')

const commitment = z.object({
  agreement: z.string(),
  title: z.string(),
  provider: z.string(),
  interval: z.int().describe('counted from 1 on'),
  start: moment,
  until: moment,
  state: z.enum(['past', 'current', 'coming']),
  committed: sum,
  owed: sum.describe('the least that must be paid for the interval'),
  carriedIn: sum.describe('what earlier intervals leave to it'),
  used: sum.describe('bought of it so far'),
  usedBasis: chargeBasis,
  remaining: sum.describe('of what is committed, what neither that nor what was carried in has met'),
  foreseen: sum.describe(
    'bought by the end of the interval, if pools go on being used as they were measured',
  ),
  trueUp: sum.describe('what would then have to be paid on top'),
  basis: chargeBasis.describe('what the forecast rests on'),
  termsAssumed: z.boolean().describe('whether the commitment itself rests on an assumed figure'),
  course: z
    .array(z.object({ at: moment, remaining: sum, basis: chargeBasis }))
    .describe('what of the commitment is left at the end of each invoiced stretch, month by month'),
})

export type CommitmentView = z.output<typeof commitment>

export const listCommitments = route({
  id: 'listCommitments',
  method: 'GET',
  path: '/v1/commitments',
  about:
    'The intervals of all commitments, in order of agreement and time: what is committed, bought so far, foreseen, and would be trued up.',
  may: ['finance', 'planner', 'approver'],
  query: z.strictObject({
    ...pageQuery,
    agreement: identifier.exactOptional(),
    state: commitment.shape.state.exactOptional(),
  }),
  answer: pageOf(commitment).extend({
    at: moment.describe('when this was so'),
    currency: z.string(),
    metered,
    missing,
  }),
})

const maturities = {
  total: sum,
  under1y: sum,
  from1to3y: sum,
  from3to5y: sum,
  over5y: sum,
}

const STANDINGS = ['counted', 'overlapping', 'notBinding', 'contingent', 'draft'] as const

const obligation = z.object({
  agreement: z.string(),
  title: z.string(),
  provider: z.string(),
  standing: z.enum(STANDINGS).describe('only what is counted may be added up'),
  quantified: z.boolean().describe('whether a sum or a priced line says what would be owed'),
  ...maturities,
  mayEnd: z
    .object({ from: moment, until: moment, owed: sum.describe('from then on, unless it is ended') })
    .nullable()
    .describe('where so many tranches are late that the buyer may end it'),
  months: z
    .array(z.object({ month: z.string(), amount: sum, assumed: z.boolean() }))
    .describe('what is owed for each month; assumed where the sum or its dates rest on an assumed figure'),
})

export type ObligationView = z.output<typeof obligation>

export const listObligations = route({
  id: 'listObligations',
  method: 'GET',
  path: '/v1/obligations',
  about: 'What is owed whatever happens, by agreement and month, and how far away it is.',
  may: READERS,
  query: z.strictObject({
    ...pageQuery,
    from: date.exactOptional().describe('from then on; from now on by default'),
    standing: z.enum(STANDINGS).default('counted'),
  }),
  answer: pageOf(obligation).extend({
    from: moment,
    currency: z.string(),
    ...maturities,
    assumedShare: z.number().describe('of the total, the part whose amount rests on assumed figures'),
    assumedShareWithDates: z.number().describe('the same, of its amount or its dates'),
    byProvider: z.array(z.object({ provider: z.string(), ...maturities })),
  }),
})
