import type { ApiProblem, ApiProblemCode } from '@offtake/contract/api/problem'

const HINTS: Partial<Record<ApiProblemCode, string>> = {
  unauthorized: 'offtake login, or set OFFTAKE_TOKEN',
  forbidden: 'ask for a token with that role',
  unavailable: 'is offtake serve running there? OFFTAKE_URL says where it is looked for',
  tooMany: 'try again in a moment',
  stale: 'look at it again, and repeat the change',
  sameActor: 'offtake approval reject takes it back',
  notSigned: 'offtake agreement sign signs it',
}

/** What to do about a problem, where one thing is to be done. */
export function hintFor({ code, errors = [] }: Pick<ApiProblem, 'code' | 'errors'>): string | undefined {
  const isOfFile = errors.some(({ path }) => /:\d+:\d+$/.test(path))
  return isOfFile ? 'offtake check names all problems of a folder' : HINTS[code]
}
