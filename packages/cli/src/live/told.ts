import type { ApiProblem } from '@offtake/contract/api/problem'

/** A problem on its way to the terminal. */
export class Told extends Error {
  override readonly name = 'Told'
  readonly problem: Pick<ApiProblem, 'code' | 'detail' | 'errors'>

  constructor(problem: Told['problem']) {
    super(problem.detail)
    this.problem = problem
  }
}
