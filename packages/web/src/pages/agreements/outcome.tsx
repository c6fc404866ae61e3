import type { AgreementView } from '@offtake/contract/api/agreement'
import type { ApprovalView } from '@offtake/contract/api/approval-routes'
import { Link } from '@tanstack/react-router'
import { problemText } from '../../api/problem-error.ts'
import { Note } from '../../parts/note.tsx'

/** What a change answers: the agreement as it is now, or that a second person must approve it. */
export type Changed = AgreementView | { readonly approval: ApprovalView }

interface OutcomeProps {
  readonly answer: Changed | undefined
  readonly error: unknown
  /** What is said where it was done at once. */
  readonly done: string
}

/** What became of a change, where one looks. */
export function Outcome({ answer, error, done }: OutcomeProps) {
  if (error) return <Note tone="warn">{problemText(error)}</Note>
  if (!answer) return null
  if (!('approval' in answer)) return <Note tone="good">{done}</Note>
  return (
    <Note tone="caution">
      <span>A second person must approve this. Nothing has changed yet.</span>
      <Link to="/agreements/approvals/$id" params={{ id: answer.approval.id }}>
        See what waits
      </Link>
    </Note>
  )
}
