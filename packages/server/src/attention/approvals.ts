import { approve, showApproval } from '@offtake/contract/api/approval-routes'
import { may } from '../access/actor.ts'
import { isoOf } from '../http/iso.ts'
import { type HeldFile, isStale } from '../portfolio/approvals.ts'
import type { Finder } from './finder.ts'

/** Changes that wait for a second person, and could still be carried out. */
export const APPROVALS: Finder = {
  shown: showApproval,
  settled: approve,
  find: ({ approvals, current, actor }) =>
    approvals
      .filter(({ changes }) => current && !isStale(JSON.parse(changes) as HeldFile[], current.files))
      .map(({ id, asked_by: askedBy, asked_at: askedAt, action, target }) => ({
        id: `approvalWaits/${id}`,
        kind: 'approvalWaits',
        severity: 'urgent',
        since: isoOf(askedAt),
        text: `${askedBy} asks for a second person: ${action} ${target}`,
        subject: { approval: id },
        yours: may(actor, approve) && actor.id !== askedBy,
      })),
}
