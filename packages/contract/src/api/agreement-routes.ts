import { z } from 'zod'
import { date } from '../portfolio/date.ts'
import { identifier, words } from '../portfolio/identifier.ts'
import { LARGEST_YAML } from '../portfolio/limits.ts'
import { agreementRow, agreementVersion, agreementView } from './agreement.ts'
import { asked } from './approval-routes.ts'
import { moment, pageOf, pageQuery } from './page.ts'
import { READERS } from './role.ts'
import { route } from './route.ts'

const params = z.strictObject({ id: identifier })
const trancheParams = z.strictObject({ id: identifier, line: identifier, tranche: identifier })
const optionParams = z.strictObject({ id: identifier, option: identifier })
const onADay = z.strictObject({ on: date.exactOptional().describe('the day; today by default') })

/** The whole agreement: its file's text, comments included, or its fields, of which a file is made. */
const wholeAgreement = z.union([
  z.strictObject({ text: z.string().min(1).max(LARGEST_YAML) }),
  z.strictObject({ agreement: z.record(z.string(), z.unknown()) }),
])

const changedOrAsked = z.union([agreementView, asked])

export const listAgreements = route({
  id: 'listAgreements',
  method: 'GET',
  path: '/v1/agreements',
  about: 'Agreements in order of their ids, with where they stand and how they count.',
  may: READERS,
  query: z.strictObject({
    ...pageQuery,
    state: agreementRow.shape.state.exactOptional(),
    provider: words.max(200).exactOptional(),
  }),
  answer: pageOf(agreementRow),
})

export const showAgreement = route({
  id: 'showAgreement',
  method: 'GET',
  path: '/v1/agreements/{id}',
  about: 'One agreement with its lines, tranches, options and what is still owed. The ETag is its version.',
  may: READERS,
  params,
  answer: agreementView,
})

export const listAgreementVersions = route({
  id: 'listAgreementVersions',
  method: 'GET',
  path: '/v1/agreements/{id}/versions',
  about: 'Every version of its file, the latest first, with who made it, why, and who approved it.',
  may: READERS,
  params,
  answer: z.object({ items: z.array(agreementVersion) }),
})

export const showAgreementVersion = route({
  id: 'showAgreementVersion',
  method: 'GET',
  path: '/v1/agreements/{id}/versions/{version}',
  about: 'Its file as it was then.',
  may: READERS,
  params: params.extend({ version: z.coerce.number().int().min(1) }),
  answer: z.object({ version: z.int(), at: moment, text: z.string() }),
})

export const addAgreement = route({
  id: 'addAgreement',
  method: 'POST',
  path: '/v1/agreements',
  about: 'Adds an agreement, as a draft or signed.',
  may: ['planner'],
  body: wholeAgreement,
  bodyBytes: 2 * LARGEST_YAML,
  answer: changedOrAsked,
  status: 201,
})

export const amendAgreement = route({
  id: 'amendAgreement',
  method: 'PUT',
  path: '/v1/agreements/{id}',
  about: 'Amends an agreement: replaces the whole of it, where the portfolio still holds together.',
  may: ['planner'],
  params,
  body: wholeAgreement,
  bodyBytes: 2 * LARGEST_YAML,
  answer: changedOrAsked,
  needsMatch: true,
})

export const signAgreement = route({
  id: 'signAgreement',
  method: 'POST',
  path: '/v1/agreements/{id}/sign',
  about: 'Signs a draft.',
  may: ['planner'],
  params,
  body: onADay,
  answer: changedOrAsked,
})

export const deliverTranche = route({
  id: 'deliverTranche',
  method: 'POST',
  path: '/v1/agreements/{id}/lines/{line}/tranches/{tranche}/deliver',
  about: 'Records that a tranche was handed over: its machines are there from then on.',
  may: ['planner', 'operator'],
  params: trancheParams,
  body: onADay,
  answer: changedOrAsked,
})

export const delayTranche = route({
  id: 'delayTranche',
  method: 'POST',
  path: '/v1/agreements/{id}/lines/{line}/tranches/{tranche}/late',
  about: 'Records when a tranche is now expected: its machines are not there before.',
  may: ['planner', 'operator'],
  params: trancheParams,
  body: z.strictObject({ expected: date, source: words.max(1_000).exactOptional().describe('who says so') }),
  answer: changedOrAsked,
})

export const exerciseOption = route({
  id: 'exerciseOption',
  method: 'POST',
  path: '/v1/agreements/{id}/options/{option}/exercise',
  about: 'Exercises an option within its window.',
  may: ['planner'],
  params: optionParams,
  body: onADay,
  answer: changedOrAsked,
})
