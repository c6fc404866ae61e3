/** Stops at once when our own reasoning is wrong; never used for what comes from outside. */
export function assert(condition: unknown, whatMustHold: string): asserts condition {
  if (!condition) throw new Error(`broken assertion: ${whatMustHold}`)
}

/** The end of an exhaustive switch: the compiler proves that no case is missing. */
export function unreachable(value: never): never {
  throw new Error(`broken assertion: unexpected ${JSON.stringify(value)}`)
}
