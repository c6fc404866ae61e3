import { ProblemError, problemText } from '../../api/problem-error.ts'
import { Note } from '../../parts/note.tsx'

/** Everything that is wrong with a text, with its place. */
export function FileProblems({ error }: { readonly error: unknown }) {
  const errors = error instanceof ProblemError ? (error.problem.errors ?? []) : []
  if (errors.length === 0) return <Note tone="warn">{problemText(error)}</Note>
  return (
    <Note tone="warn">
      <div>
        <strong>It does not hold together:</strong>
        <ul>
          {errors.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path} {message}
            </li>
          ))}
        </ul>
      </div>
    </Note>
  )
}
