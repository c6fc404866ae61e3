import { type Figure, isAssumed, type Provenance } from '@offtake/core/base/figure'

/** A value with a mark where it is assumed: `~38.00`. */
export function marked<Value>(figure: Figure<Value>, show: (value: Value) => string): string {
  return isAssumed(figure) ? `~${show(figure.value)}` : show(figure.value)
}

/** `stated: the filing`, `derived: the rule`, `assumed: the reason`. */
export function provenanceText(provenance: Provenance): string {
  switch (provenance.kind) {
    case 'stated':
      return `stated: ${provenance.source}`
    case 'derived':
      return `derived: ${provenance.rule}`
    case 'assumed':
      return `assumed: ${provenance.reason}`
  }
}
