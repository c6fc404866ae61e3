import { listApprovals } from '@offtake/contract/api/approval-routes'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { reading } from '../../api/call.ts'
import { Note } from '../../parts/note.tsx'

/** That changes wait for a second person: all of them, or those of one agreement. */
export function WaitingNote({ agreement }: { readonly agreement?: string }) {
  const { data } = useQuery(reading(listApprovals, { query: { state: 'waiting', limit: 100 } }))
  const waiting = data?.items.filter(
    ({ target, reasons }) =>
      agreement === undefined || [target, ...reasons.map((reason) => reason.target)].some(isOf(agreement)),
  )
  const [first] = waiting ?? []
  if (!waiting || !first) return null
  return (
    <Note tone="caution">
      <span>
        {waiting.length === 1
          ? 'A change waits for a second person.'
          : `${waiting.length} changes wait for a second person.`}
      </span>
      {waiting.length === 1 ? (
        <Link to="/agreements/approvals/$id" params={{ id: first.id }}>
          See what it would do
        </Link>
      ) : (
        <Link to="/agreements/approvals">See them</Link>
      )}
    </Note>
  )
}

/** Whether something is the agreement, or a part of it. */
function isOf(agreement: string): (target: string) => boolean {
  return (target) => target === agreement || target.startsWith(`${agreement}/`)
}
