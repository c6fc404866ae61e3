import { textIn } from '../../app/search.ts'
import { COLOUR_MODES, type ColourMode } from './map/looks.ts'

/** What the address of the fleet says: the colours, what is looked at, and what is looked for. */
export interface FleetSearch {
  readonly colour?: ColourMode
  readonly pool?: string
  readonly domain?: number
  readonly node?: number
  readonly tenant?: string
  readonly job?: string
}

export function fleetSearch(given: Record<string, unknown>): FleetSearch {
  const colour = COLOUR_MODES.find((mode) => mode === given.colour)
  const pool = textIn(given, 'pool')
  return {
    ...(colour === undefined ? {} : { colour }),
    ...pool,
    ...(pool.pool === undefined ? {} : { ...numberIn(given, 'domain'), ...numberIn(given, 'node') }),
    ...textIn(given, 'tenant'),
    ...textIn(given, 'job'),
  }
}

function numberIn<Name extends string>(
  given: Record<string, unknown>,
  name: Name,
): { readonly [name in Name]?: number } {
  const number = given[name] === '' ? Number.NaN : Number(given[name])
  return Number.isSafeInteger(number) && number >= 0
    ? ({ [name]: number } as { [name in Name]?: number })
    : {}
}
