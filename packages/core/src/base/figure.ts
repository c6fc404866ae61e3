/** Where a number comes from. */
export type Provenance =
  | { readonly kind: 'stated'; readonly source: string }
  | { readonly kind: 'derived'; readonly rule: string }
  | { readonly kind: 'assumed'; readonly reason: string }

/** A value with its provenance, so that a result can say how much of it rests on assumptions. */
export interface Figure<Value> {
  readonly value: Value
  readonly provenance: Provenance
}

export function stated<Value>(value: Value, source: string): Figure<Value> {
  return { value, provenance: { kind: 'stated', source } }
}

export function derived<Value>(value: Value, rule: string): Figure<Value> {
  return { value, provenance: { kind: 'derived', rule } }
}

export function assumed<Value>(value: Value, reason: string): Figure<Value> {
  return { value, provenance: { kind: 'assumed', reason } }
}

export function isAssumed(figure: Figure<unknown>): boolean {
  return figure.provenance.kind === 'assumed'
}
