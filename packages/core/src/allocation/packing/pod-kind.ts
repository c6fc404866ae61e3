/** A kind of pod: all pods that ask for the same CPU, accelerators and models. The exact memory stays with the single pod. */
export interface PodKind {
  readonly cpuMilli: number
  readonly accelerators: number
  /** Per accelerator: below 1,000 is a share of one, 1,000 is a whole one, 0 with no accelerator. */
  readonly milliEach: number
  /** Bit `m` is set when model `m` will do; −1 where any will. */
  readonly models: number
  /** The most that a pod of the kind asks for. */
  readonly memoryMiB: number
}

export type PodClass = 'cpuOnly' | 'share' | 'whole' | 'several'

export const POD_CLASSES: readonly PodClass[] = ['cpuOnly', 'share', 'whole', 'several']

export function classOf(kind: PodKind): PodClass {
  if (kind.accelerators === 0) return 'cpuOnly'
  if (kind.milliEach < 1000) return 'share'
  return kind.accelerators === 1 ? 'whole' : 'several'
}

export function milliOf(kind: PodKind): number {
  return kind.accelerators * kind.milliEach
}

/** A kind and how many of the known pods are of it. */
export interface KindCount {
  readonly kind: PodKind
  readonly count: number
}

/** What is known of the demand: its kinds and how often each is asked for. The order of arrival is no part of it. */
export type PodMix = readonly KindCount[]

/** Pods one by one: the kind of each, as an index, and its memory. As a sample of demand their order means nothing. */
export interface Pods {
  readonly kinds: readonly PodKind[]
  readonly kindOf: Int32Array
  readonly memoryMiB: Int32Array
}

export function mixOf(pods: Pods): PodMix {
  const counts = new Int32Array(pods.kinds.length)
  for (const kind of pods.kindOf) counts[kind] = (counts[kind] ?? 0) + 1
  return pods.kinds.map((kind, index) => ({ kind, count: counts[index] ?? 0 }))
}
