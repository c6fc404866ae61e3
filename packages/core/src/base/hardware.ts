import type { Provenance } from './figure.ts'

/** One accelerator type: dense figures per accelerator, and the shape in which it is racked. A figure that nobody has published is absent. */
export interface Hardware {
  readonly id: string
  readonly name: string
  readonly bf16DenseTflops?: number
  readonly fp8DenseTflops?: number
  readonly fp4DenseTflops?: number
  readonly hbmGb?: number
  readonly hbmTbPerSecond?: number
  /** Thermal design power of the accelerator alone. */
  readonly watts?: number
  /** Scale-up bandwidth of one accelerator, both directions together. */
  readonly interconnectGbPerSecond?: number
  readonly shape: HardwareShape
  /** Where the shape comes from, if not from `source`. */
  readonly shapeProvenance?: Provenance
  /** How sure the figures are: H(igh), M(edium), L(ow); low also where none is public. */
  readonly confidence: 'H' | 'M' | 'L'
  readonly source: string
  /** What a reader of the figures should know: ranges, conflicts between sources, what was not verified. */
  readonly note?: string
}

/** How accelerators sit in nodes, and nodes in domains joined by the scale-up interconnect. */
export interface HardwareShape {
  readonly acceleratorsPerNode: number
  readonly nodesPerDomain: number
}
