import { type Prng, prng } from '@offtake/core/base/prng'

/** Trees: none of them sells accelerators. */
const PROVIDERS = [
  'alder',
  'birch',
  'cedar',
  'elm',
  'hazel',
  'juniper',
  'larch',
  'maple',
  'oak',
  'pine',
  'rowan',
  'willow',
]
const REGIONS = ['north', 'south', 'east', 'west']

export const MOST_PROVIDERS = PROVIDERS.length

/** Machines of one provider in one region. */
export interface GeneratedPool {
  readonly provider: string
  readonly region: string
  readonly domains: number
}

interface Asked {
  readonly domains: number
  readonly providers: number
  readonly seed: number
}

/** So many domains over so many providers and their regions: large ones and small ones, every one with a domain at least. */
export function generatedPools({ domains, providers, seed }: Asked): GeneratedPool[] {
  const chance = prng(`fleet/${seed}`)
  const shares = divide(domains, Math.min(providers, domains), chance)
  return shares.flatMap((share, n) => {
    const regions = Math.min(share, 1 + chance.below(REGIONS.length))
    const first = chance.below(REGIONS.length)
    return divide(share, regions, chance).map((some, region) => ({
      provider: PROVIDERS[n] ?? `provider-${n + 1}`,
      region: REGIONS[(first + region) % REGIONS.length] ?? `region-${region + 1}`,
      domains: some,
    }))
  })
}

/** Uneven whole parts of a number, none of them empty, the largest first. */
function divide(whole: number, parts: number, chance: Prng): number[] {
  const weights = Array.from({ length: parts }, () => 0.3 + chance.next())
  const sum = weights.reduce((a, b) => a + b, 0)
  const spare = whole - parts
  const divided = weights.map((weight) => 1 + Math.floor((spare * weight) / sum))
  divided.sort((a, b) => b - a)
  const rest = whole - divided.reduce((a, b) => a + b, 0)
  return divided.map((part, n) => (n === 0 ? part + rest : part))
}
