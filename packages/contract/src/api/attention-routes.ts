import { z } from 'zod'
import { moment } from './page.ts'
import { READERS } from './role.ts'
import { route } from './route.ts'
import { chargeBasis } from './usage-routes.ts'

const ATTENTION_KINDS = [
  'trancheOverdue',
  'trancheLate',
  'trancheDue',
  'optionCloses',
  'renewalNotice',
  'agreementEnds',
  'mayTerminate',
  'prepaymentDue',
  'commitmentAtRisk',
  'priceUnknown',
  'approvalWaits',
  'outage',
  'nodesFailed',
  'quotaExceeded',
  'quotaBeyondCapacity',
  'jobsNeverFit',
] as const

/** What something is about, as far as it is about that: ids to link to. */
const subject = z.object({
  agreement: z.string().exactOptional(),
  line: z.string().exactOptional(),
  tranche: z.string().exactOptional(),
  option: z.string().exactOptional(),
  approval: z.string().exactOptional(),
  provider: z.string().exactOptional(),
  pool: z.string().exactOptional(),
  domain: z.int().exactOptional(),
  node: z.int().exactOptional().describe('the first of them'),
  outage: z.string().exactOptional(),
  tenant: z.string().exactOptional(),
  job: z.string().exactOptional().describe('the first of them'),
})

const SEVERITIES = ['urgent', 'soon', 'notice'] as const

/** Something that a person should look at. */
const attentionItem = z.object({
  id: z.string().describe('the same as long as it is about the same thing'),
  kind: z.enum(ATTENTION_KINDS),
  severity: z
    .enum(SEVERITIES)
    .describe(
      'urgent: it is overdue, due within a week, or something is broken; soon; notice: it is good to know',
    ),
  since: moment.nullable(),
  due: moment.nullable(),
  text: z.string(),
  subject,
  count: z.int().describe('of how many things this speaks'),
  amount: z.string().nullable().describe('the sum at stake, exact, in decimals'),
  currency: z.string().nullable(),
  basis: chargeBasis.nullable().describe('what the sum rests on, where it is worked out'),
  yours: z.boolean().describe('whether whoever asks may do something about it'),
})

export type AttentionItem = z.output<typeof attentionItem>

export const showAttention = route({
  id: 'showAttention',
  method: 'GET',
  path: '/v1/attention',
  about: 'What needs a person now or soon, the most urgent first, as far as whoever asks may see it.',
  may: READERS,
  query: z.strictObject({
    days: z.coerce.number().int().min(1).max(366).default(30).describe('how far ahead it looks'),
  }),
  answer: z.object({ at: moment, items: z.array(attentionItem) }),
})
