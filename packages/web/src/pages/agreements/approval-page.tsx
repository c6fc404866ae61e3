import { Skeleton } from '@mantine/core'
import { type ApprovalView, showApproval } from '@offtake/contract/api/approval-routes'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { reading } from '../../api/call.ts'
import { DiffView } from '../../parts/diff/diff-view.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Moment } from '../../parts/moment.tsx'
import { Note } from '../../parts/note.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { actionText, reasonText } from './action-texts.ts'
import { Decision } from './decision.tsx'

const { useParams } = getRouteApi('/agreements/approvals/$id')

/** One change that waits for a second person: why, what each file would become, and yes or no. */
export function ApprovalPage() {
  const { id } = useParams()
  const { data, error, refetch } = useQuery(reading(showApproval, { params: { id } }))
  if (error)
    return (
      <Page title="Approval">
        <Failure error={error} again={refetch} />
        <Link to="/agreements/approvals">All approvals</Link>
      </Page>
    )
  if (!data)
    return (
      <Page title="Approval">
        <Skeleton h={320} />
      </Page>
    )
  const { target, action, askedBy, askedAt, reasons, changes, state } = data
  return (
    <Page
      title={`${target}: ${actionText(action)}`}
      about={
        <>
          Asked by {askedBy} <Moment at={askedAt} as="relative" />.{' '}
          <Link to="/agreements/approvals">All approvals</Link>
        </>
      }
    >
      {state === 'waiting' ? <Decision approval={data} /> : <Decided approval={data} />}
      <Section title="Why it takes two">
        <ul>
          {reasons.map((reason) => (
            <li key={`${reason.what} ${reason.target}`}>{reasonText(reason)}</li>
          ))}
        </ul>
      </Section>
      <Section title="What the files would become">
        {changes.map(({ path, before, after }) => (
          <DiffView
            key={path}
            label={before === null ? `${path} (new)` : after === null ? `${path} (removed)` : path}
            before={before ?? ''}
            after={after ?? ''}
          />
        ))}
      </Section>
    </Page>
  )
}

function Decided({ approval: { state, decidedBy, decidedAt, note } }: { readonly approval: ApprovalView }) {
  return (
    <Note tone={state === 'approved' ? 'good' : 'caution'}>
      <span>
        {state === 'approved' ? 'Approved' : 'Rejected'} by {decidedBy}{' '}
        {decidedAt !== null && <Moment at={decidedAt} as="relative" />}
        {state === 'approved' ? ', and carried out.' : '.'}
        {note !== null && ` “${note}”`}
      </span>
    </Note>
  )
}
