import { KINDS, type Kind, STEPS } from './looks.ts'

/** The colours of the theme that the map draws with, as #rrggbb. */
export interface MapColours {
  readonly paper: string
  readonly ink: string
  readonly quiet: string
  readonly hairline: string
  readonly accent: string
  readonly kinds: Readonly<Record<Kind, string>>
}

/** Pixels as they lie in the memory of a canvas. */
export interface Inks {
  readonly paper: number
  readonly caution: number
  readonly broken: number
  /** By kind and step, for cells too small to show how full they are by a level: STEPS + 1 of them for each kind. */
  readonly blended: Uint32Array
  /** The same, for what was not looked for. */
  readonly faint: Uint32Array
}

/** How much of its colour a cell has that is of its kind in no part. */
const LEAST = 0.28
/** The same, where it matters that there is some at all. */
const LEAST_TO_SEE = 0.7
const TO_SEE: readonly Kind[] = ['partly', 'borrowed', 'askedBack', 'draining', 'failed', 'out']
/** How much of its colour is left of what was not looked for. */
const FAINT = 0.2

export function inksOf(colours: MapColours): Inks {
  const paper = channels(colours.paper)
  const blended = new Uint32Array(KINDS.length * (STEPS + 1))
  const faint = new Uint32Array(blended.length)
  for (const [n, kind] of KINDS.entries()) {
    const full = channels(colours.kinds[kind])
    const least = TO_SEE.includes(kind) ? LEAST_TO_SEE : LEAST
    for (let step = 0; step <= STEPS; step++) {
      const mixed = mix(paper, full, least + ((1 - least) * step) / STEPS)
      blended[n * (STEPS + 1) + step] = pixel(mixed)
      faint[n * (STEPS + 1) + step] = pixel(mix(paper, mixed, FAINT))
    }
  }
  const { draining, failed } = colours.kinds
  return {
    paper: pixel(paper),
    caution: pixel(channels(draining)),
    broken: pixel(channels(failed)),
    blended,
    faint,
  }
}

type Channels = readonly [number, number, number]

function channels(color: string): Channels {
  const hex = Number.parseInt(color.replace('#', ''), 16)
  return [(hex >> 16) & 255, (hex >> 8) & 255, hex & 255]
}

function mix(from: Channels, to: Channels, share: number): Channels {
  const one = (n: 0 | 1 | 2): number => Math.round(from[n] + (to[n] - from[n]) * share)
  return [one(0), one(1), one(2)]
}

/** Red comes first in memory, and machines that run browsers store the low byte first. */
function pixel([red, green, blue]: Channels): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
}
