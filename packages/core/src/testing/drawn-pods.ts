import fc from 'fast-check'
import type { PackedNode } from '../allocation/packing/packing-fleet.ts'
import type { PodKind } from '../allocation/packing/pod-kind.ts'

/** Small nodes and pods of all classes, for properties: CPU, memory and models bind as often as accelerators do. */
export const drawnNodes: fc.Arbitrary<readonly PackedNode[]> = fc.array(
  fc.record({
    cpuMilli: fc.integer({ min: 0, max: 64 }).map((cores) => cores * 1000),
    memoryMiB: fc.integer({ min: 0, max: 64 }).map((gib) => gib * 1024),
    accelerators: fc.constantFrom(0, 1, 2, 4, 8),
    model: fc.integer({ min: 0, max: 2 }),
  }),
  { minLength: 1, maxLength: 6 },
)

const sizes = fc.oneof(
  fc.constant({ accelerators: 0, milliEach: 0 }),
  fc.integer({ min: 1, max: 99 }).map((tens) => ({ accelerators: 1, milliEach: tens * 10 })),
  fc.constantFrom(1, 2, 4, 8).map((accelerators) => ({ accelerators, milliEach: 1000 })),
)

export const drawnKinds: fc.Arbitrary<readonly PodKind[]> = fc.array(
  fc
    .record({
      size: sizes,
      cpuMilli: fc.integer({ min: 0, max: 24 }).map((cores) => cores * 1000),
      memoryMiB: fc.integer({ min: 0, max: 24 }).map((gib) => gib * 1024),
      models: fc.constantFrom(-1, -1, 0b001, 0b110),
    })
    .map(({ size, ...rest }): PodKind => ({ ...size, ...rest })),
  { minLength: 1, maxLength: 8 },
)
