/** One accelerator type: dense figures per accelerator, and the shape in which it is racked. */
export interface Hardware {
  readonly id: string
  readonly name: string
  readonly bf16DenseTflops?: number
  readonly fp8DenseTflops?: number
  readonly fp4DenseTflops?: number
  readonly hbmGb: number
  readonly hbmTbPerSecond: number
  /** Thermal design power of the accelerator alone. */
  readonly watts?: number
  readonly shape: HardwareShape
  readonly interconnectGbPerSecond?: number
  /** How sure the figures are: H(igh), M(edium), L(ow). */
  readonly confidence: 'H' | 'M' | 'L'
  readonly source: string
}

/** How accelerators sit in nodes, and nodes in domains joined by the scale-up interconnect. */
export interface HardwareShape {
  readonly acceleratorsPerNode: number
  readonly nodesPerDomain: number
}
