import { type Figure, isAssumed, type Provenance } from '@offtake/core/base/figure'

/** A value with a mark where it is assumed: `~38.00`. */
export function marked<Value>(figure: Figure<Value>, show: (value: Value) => string): string {
  return isAssumed(figure) ? `~${show(figure.value)}` : show(figure.value)
}

/** `stated: the filing`, `derived: the rule`, `assumed: the reason`. */
export function provenanceText(provenance: Provenance): string {
  return `${provenance.kind}: ${provenanceBasis(provenance)}`
}

/** The source, the rule or the reason. */
export function provenanceBasis(provenance: Provenance): string {
  switch (provenance.kind) {
    case 'stated':
      return provenance.source
    case 'derived':
      return provenance.rule
    case 'assumed':
      return provenance.reason
  }
}
