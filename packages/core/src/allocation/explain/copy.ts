import { assert } from '../../base/assert.ts'
import { Allocator } from '../allocator.ts'
import { restoreSnapshot, takeSnapshot } from '../snapshot.ts'

/** An allocator that knows the same and decides alike, to try things on. */
export function copyOf({ policy, state }: Allocator): Allocator {
  const restored = restoreSnapshot(takeSnapshot(state))
  assert(restored.ok, 'what was taken can be restored')
  return new Allocator(policy, restored.value)
}
