import type { EvictionCause } from './events.ts'
import { type GangState, worthOfStopping } from './gang-state.ts'
import type { PassContext } from './pass-context.ts'

/** Makes a running gang wait again, with what it saved. */
export function evict({ at, emit }: PassContext, gang: GangState, because: EvictionCause): void {
  emit({ kind: 'evicted', at, gangId: gang.gang.id, because, ...worthOfStopping(gang, at) })
}
