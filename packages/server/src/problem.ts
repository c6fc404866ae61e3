import type { ApiProblem, ApiProblemCode } from '@offtake/contract/api/problem'

/** A problem on its way to whoever asked. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ApiProblemCode
  readonly errors: NonNullable<ApiProblem['errors']>

  constructor(
    code: ApiProblemCode,
    detail: string,
    errors: Problem['errors'] = [],
    options: ErrorOptions = {},
  ) {
    super(detail, options)
    this.code = code
    this.errors = errors
  }
}

export function notFound(what: string, id: string): Problem {
  return new Problem('notFound', `there is no ${what} '${id}'`)
}
