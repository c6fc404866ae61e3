import { z } from 'zod'
import { moment } from './page.ts'

const sum = z.string().describe('exact, in decimals')

/** An agreement as a list shows it. */
export const agreementRow = z.object({
  id: z.string(),
  title: z.string(),
  provider: z.string(),
  instrument: z.string(),
  layer: z.string(),
  binding: z.boolean(),
  state: z.enum(['draft', 'signed', 'active', 'ended']),
  standing: z.string().describe('whether it is part of the sums over the portfolio, or stands beside them'),
  start: moment,
  until: moment.describe('as its term now stands'),
  currency: z.string(),
  committed: sum.nullable().describe('the sum over the whole term'),
  accelerators: z.int(),
  version: z.int().describe('of the portfolio in which it became as it is'),
})

export type AgreementRow = z.output<typeof agreementRow>

const trancheView = z.object({
  id: z.string(),
  accelerators: z.int(),
  promised: moment,
  expected: moment.nullable(),
  delivered: moment.nullable(),
})

const lineView = z.object({
  id: z.string(),
  pool: z.string(),
  tranches: z.array(trancheView),
})

const optionView = z.object({
  id: z.string(),
  kind: z.string(),
  start: moment,
  until: moment,
  exercised: moment.nullable(),
})

const rightView = z.object({
  kind: z.enum(['priority', 'exclusive']),
  holder: z.string(),
  subject: z.string(),
  start: moment,
  until: moment,
  source: z.string(),
})

const provenance = z.object({
  kind: z.enum(['stated', 'derived', 'assumed']),
  said: z.string().describe('its source, the rule by which it was derived, or the reason why it is assumed'),
})

export type ProvenanceView = z.output<typeof provenance>

const term = z.object({
  label: z.string(),
  value: z.string(),
  provenance: provenance.nullable().describe('nothing where the file says nothing of it'),
})

const figure = z.object({
  path: z.string().describe('its place in the file, such as lines[0].price.amount'),
  written: z.string().describe('its value as the file has it'),
  provenance,
})

const document = z.object({
  name: z.string(),
  dated: moment.nullable(),
  sha256: z.string().nullable(),
  link: z.string().nullable(),
})

/** An agreement as it is now, in full. */
export const agreementView = agreementRow.extend({
  file: z.string(),
  text: z.string().describe('its file, byte for byte'),
  signed: moment.nullable(),
  owed: sum
    .nullable()
    .describe('what is owed from now on whatever happens; null where a price that it follows is not known'),
  lines: z.array(lineView),
  options: z.array(optionView),
  rights: z.array(rightView).describe('what others must be offered first, or have to themselves'),
  terms: z
    .array(z.object({ title: z.string(), rows: z.array(term) }))
    .describe('all that it says, for people, in the order in which one reads it'),
  figures: z.array(figure).describe('every number of its file that says where it comes from'),
  documents: z.array(document),
})

export type AgreementView = z.output<typeof agreementView>

/** A version of an agreement's file. */
export const agreementVersion = z.object({
  version: z.int(),
  at: moment,
  actor: z.string(),
  approvedBy: z.string().nullable(),
  action: z.string(),
  removed: z.boolean(),
})
