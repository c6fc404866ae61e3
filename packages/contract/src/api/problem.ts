/** What the API answers where it does not do what was asked (RFC 9457), with a code that scripts may rely on. */
export interface ApiProblem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ApiProblemCode
  readonly detail: string
  /** Of what was refused: the allocator's own word for why, which scripts may rely on. */
  readonly because?: string
  /** What of the request is wrong, by its path. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[]
}

/** Every code with its status and what it means. */
export const API_PROBLEMS = {
  malformed: { status: 400, title: 'The request is not as the API has it' },
  unauthorized: { status: 401, title: 'A token is needed' },
  forbidden: { status: 403, title: 'The token does not allow this' },
  notFound: { status: 404, title: 'There is nothing of that name' },
  conflict: { status: 409, title: 'It does not go with what is there' },
  alreadySigned: { status: 409, title: 'It is signed' },
  notSigned: { status: 409, title: 'It is a draft' },
  hasEnded: { status: 409, title: 'Its term is over' },
  alreadyDelivered: { status: 409, title: 'It was handed over' },
  alreadyExercised: { status: 409, title: 'It was exercised' },
  outsideWindow: { status: 409, title: 'It can be exercised within its window alone' },
  inTheFuture: { status: 422, title: 'What has happened has a date that is not to come' },
  alreadyDecided: { status: 409, title: 'It was approved or rejected' },
  sameActor: { status: 403, title: 'Whoever asked for it may not approve it' },
  keyConflict: { status: 409, title: 'The idempotency key was used for another request' },
  stale: { status: 412, title: 'It has changed since it was read' },
  tooLarge: { status: 413, title: 'The body is larger than any request needs' },
  unknownMediaType: { status: 415, title: 'The body is not JSON' },
  invalid: { status: 422, title: 'What it says does not hold together' },
  needsMatch: { status: 428, title: 'Say by If-Match what was read' },
  refused: { status: 422, title: 'The allocator refuses it' },
  tooMany: { status: 429, title: 'More is asked than can be taken in now' },
  internal: { status: 500, title: 'Something that nobody foresaw' },
  unavailable: { status: 503, title: 'It cannot be told whether it was done: ask again with the same key' },
} as const

export type ApiProblemCode = keyof typeof API_PROBLEMS

export function apiProblem(
  code: ApiProblemCode,
  detail: string,
  errors: ApiProblem['errors'] = [],
): ApiProblem {
  const { status, title } = API_PROBLEMS[code]
  return {
    type: `urn:offtake:problem:${code}`,
    title,
    status,
    code,
    detail,
    ...(errors.length > 0 ? { errors } : {}),
  }
}
