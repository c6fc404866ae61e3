import type { ApiProblem } from '@offtake/contract/api/problem'

/** What the server says it does not do, and why. */
export class ProblemError extends Error {
  readonly problem: ApiProblem

  constructor(problem: ApiProblem) {
    super(problem.detail)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** A sentence for people, of whatever went wrong. */
export function problemText(error: unknown): string {
  if (error instanceof ProblemError) return error.problem.detail || error.problem.title
  if (error instanceof TypeError) return 'The server cannot be reached. It is asked again by itself.'
  return error instanceof Error ? error.message : String(error)
}

/** Whether there is nothing of that name: where no portfolio was taken in yet, much is not there. */
export function isAbsent(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'notFound'
}
