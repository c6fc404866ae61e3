import { z } from 'zod'
import { moment, pageOf, pageQuery } from './page.ts'
import { route } from './route.ts'

const AUDITORS = ['finance', 'approver'] as const

const auditEntry = z.object({
  seq: z.int(),
  at: moment,
  actor: z.string(),
  action: z.string(),
  target: z.string().nullable(),
  detail: z.unknown(),
  hash: z.string(),
})

export const showAudit = route({
  id: 'showAudit',
  method: 'GET',
  path: '/v1/audit',
  about:
    'Who changed what, the latest first. What the engine and its adapters did by themselves is left out.',
  may: AUDITORS,
  query: z.strictObject({
    ...pageQuery,
    actor: z.string().max(200).exactOptional(),
    action: z.string().max(200).exactOptional(),
    target: z.string().max(500).exactOptional(),
  }),
  answer: pageOf(auditEntry),
})

export const verifyAudit = route({
  id: 'verifyAudit',
  method: 'GET',
  path: '/v1/audit/verification',
  about: 'Reads the whole journal and works out its chain of hashes anew.',
  may: AUDITORS,
  answer: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('whole'), entries: z.int(), head: z.string() }),
    z.object({ kind: z.literal('broken'), seq: z.int(), because: z.enum(['changed', 'missing']) }),
  ]),
})
