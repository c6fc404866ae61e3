import { assert } from '../../base/assert.ts'
import { Allocator } from '../allocator.ts'
import { restoreSnapshot, takeSnapshot } from '../snapshot.ts'

/** What an allocator decides by. */
export type Deciding = Pick<Allocator, 'policy' | 'state'>

/**
 * An allocator that decides alike, to try things on. It knows of no gang that is gone: of those there may be millions, and nothing
 * is tried with them.
 */
export function copyOf({ policy, state }: Deciding): Allocator {
  const restored = restoreSnapshot({ ...takeSnapshot(state), ended: [] })
  assert(restored.ok, 'what was taken can be restored')
  return new Allocator(policy, restored.value)
}
