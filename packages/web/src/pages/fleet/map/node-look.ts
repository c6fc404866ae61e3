import type { NodeView } from '@offtake/contract/api/pool'
import type { NodeLook } from './draw-domains.ts'
import type { FleetModel } from './fleet-model.ts'
import { KINDS, type Kind, kindOfCode, STEPS } from './looks.ts'

/** How a node is drawn in the mode that was chosen. */
export function nodeLook({ looks, colours }: FleetModel, at: number, node: NodeView): NodeLook {
  const { state, accelerators, free, tenants } = node
  if (state === 'failed') return { kind: 'failed', step: STEPS }
  if (state === 'out' || state === 'keptOut') return { kind: 'out', step: STEPS }
  const held = node.jobs.length > 0 ? accelerators - free : 0
  const share = accelerators === 0 ? 0 : Math.max(held > 0 ? 1 : 0, Math.round((held / accelerators) * STEPS))
  switch (looks.mode) {
    case 'health':
      return { kind: state === 'draining' ? 'draining' : 'works', step: STEPS }
    case 'fragments':
      if (held === 0) return { kind: 'whole', step: STEPS }
      return held >= accelerators ? { kind: 'full', step: STEPS } : { kind: 'partly', step: STEPS - share }
    case 'tenant':
      if (held === 0) return { kind: 'free', step: STEPS }
      return { kind: KINDS[KINDS.indexOf('tenant0') + colours.of(tenants[0])] ?? 'tenant7', step: share }
    case 'lending':
      return held === 0
        ? { kind: 'free', step: STEPS }
        : { kind: lentAs(kindOfCode(looks.codes[at] ?? 0)), step: share }
  }
}

/** What is lent is known by domain alone. */
function lentAs(domain: Kind): Kind {
  return domain === 'borrowed' || domain === 'askedBack' ? domain : 'own'
}
