/** A value, or the problems that kept it from being made. */
export type Result<Value, Problem> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly Problem[] }

export function ok<Value>(value: Value): Result<Value, never> {
  return { ok: true, value }
}

export function failed<Problem>(...problems: readonly Problem[]): Result<never, Problem> {
  return { ok: false, problems }
}
