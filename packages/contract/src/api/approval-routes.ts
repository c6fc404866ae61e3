import { z } from 'zod'
import { words } from '../portfolio/identifier.ts'
import { moment, pageOf, pageQuery } from './page.ts'
import { READERS } from './role.ts'
import { route } from './route.ts'

const APPROVAL_STATES = ['waiting', 'approved', 'rejected'] as const

const reason = z.object({
  what: z.enum([
    'agreementSigned',
    'agreementChanged',
    'agreementRemoved',
    'optionExercised',
    'quotaChanged',
  ]),
  target: z.string(),
})

export type ApprovalReason = z.output<typeof reason>

/** A change that waits for a second person, or waited. */
const approvalView = z.object({
  id: z.string(),
  state: z.enum(APPROVAL_STATES),
  action: z.string().describe('what is to be done, as the audit will call it'),
  target: z.string(),
  reasons: z.array(reason).describe('why a second person must approve it'),
  files: z.array(z.string()).describe('the files of the portfolio that it changes'),
  stale: z.boolean().describe('whether one of them has changed since, so that it can no longer be approved'),
  askedBy: z.string(),
  askedAt: moment,
  decidedBy: z.string().nullable(),
  decidedAt: moment.nullable(),
  note: z.string().nullable(),
})

export type ApprovalView = z.output<typeof approvalView>

/** What is answered where a change waits for a second person, with status 202. */
export const asked = z.object({ approval: approvalView })

const approvalParams = z.strictObject({ id: z.string().min(1).max(200) })

export const listApprovals = route({
  id: 'listApprovals',
  method: 'GET',
  path: '/v1/approvals',
  about: 'Changes that wait for a second person, or waited; the latest first.',
  may: READERS,
  query: z.strictObject({ ...pageQuery, state: z.enum(APPROVAL_STATES).exactOptional() }),
  answer: pageOf(approvalView),
})

export const showApproval = route({
  id: 'showApproval',
  method: 'GET',
  path: '/v1/approvals/{id}',
  about: 'One of them, with what each of its files would become.',
  may: READERS,
  params: approvalParams,
  answer: approvalView.extend({
    changes: z.array(
      z.object({ path: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
    ),
  }),
})

export const approve = route({
  id: 'approve',
  method: 'POST',
  path: '/v1/approvals/{id}/approve',
  about: 'Approves a change that somebody else asked for; it is carried out with that, or not at all.',
  may: ['approver'],
  params: approvalParams,
  answer: approvalView,
})

export const reject = route({
  id: 'reject',
  method: 'POST',
  path: '/v1/approvals/{id}/reject',
  about: 'Rejects a change. Whoever asked for it may take it back so, too.',
  may: ['approver', 'planner'],
  params: approvalParams,
  body: z.strictObject({ note: words.max(1_000).exactOptional() }),
  answer: approvalView,
})
