import { count } from './number.ts'
import { plainFigure } from './plain-figure.ts'

export const acceleratorsPerNode = plainFigure(count({ from: 1, to: 10_000 }))

/** Nodes that the scale-up interconnect joins. */
export const nodesPerDomain = plainFigure(count({ from: 1, to: 100_000 }))

/** Domains under one spine. */
export const domainsPerBlock = plainFigure(count({ from: 1, to: 1_000_000 }))
