import type { FleetState } from './fleet-state.ts'
import type { TenantColours } from './tenant-colours.ts'

/** What the colour of a domain says. */
export const COLOUR_MODES = ['tenant', 'lending', 'health', 'fragments'] as const
export type ColourMode = (typeof COLOUR_MODES)[number]

/** What a domain is, of the kinds that a mode tells apart. */
export const KINDS = [
  'gone',
  'free',
  'out',
  'own',
  'borrowed',
  'askedBack',
  'works',
  'draining',
  'failed',
  'full',
  'whole',
  'partly',
  'tenant0',
  'tenant1',
  'tenant2',
  'tenant3',
  'tenant4',
  'tenant5',
  'tenant6',
  'tenant7',
] as const
export type Kind = (typeof KINDS)[number]

const FIRST_TENANT = KINDS.indexOf('tenant0')
const PLACE_OF = Object.fromEntries(KINDS.map((kind, n) => [kind, n])) as Record<Kind, number>

/** How full a cell is drawn, in so many steps. */
export const STEPS = 8

/** How a domain is drawn, in one number: its kind, how much of it is of that kind, and whether some of its nodes need a look. */
export interface Look {
  readonly kind: Kind
  readonly step: number
  readonly alarm: 'none' | 'draining' | 'broken'
}

const ALARMS = ['none', 'draining', 'broken'] as const
const STEP_CODES = 16
const KIND_CODES = STEP_CODES * 4

export function kindOfCode(code: number): Kind {
  return KINDS[Math.floor(code / KIND_CODES)] ?? 'gone'
}

export function lookOfCode(code: number): Look {
  return {
    kind: kindOfCode(code),
    step: code % STEP_CODES,
    alarm: ALARMS[Math.floor(code / STEP_CODES) % 4] ?? 'none',
  }
}

function codeOf(kind: number, share: number, alarm: number): number {
  const step = share <= 0 ? 0 : Math.max(1, Math.min(STEPS, Math.round(share * STEPS)))
  return kind * KIND_CODES + alarm * STEP_CODES + step
}

/** How each domain looks in a mode; says after a change which of them look different. */
export class Looks {
  readonly #state: FleetState
  readonly mode: ColourMode
  readonly #colours: TenantColours
  readonly codes: Uint16Array

  constructor(state: FleetState, mode: ColourMode, colours: TenantColours) {
    this.#state = state
    this.mode = mode
    this.#colours = colours
    this.codes = new Uint16Array(state.domains)
    for (let at = 0; at < state.domains; at++) this.codes[at] = this.#codeAt(at)
  }

  /** Those of the domains that look different from before. */
  update(domains: readonly number[]): number[] {
    return domains.filter((at) => {
      const code = this.#codeAt(at)
      const isOther = code !== this.codes[at]
      this.codes[at] = code
      return isOther
    })
  }

  #codeAt(at: number): number {
    const { columns } = this.#state
    const number = (column: keyof typeof columns): number => columns[column][at] ?? 0
    const total = number('total')
    if (total === 0) return 0
    const [draining, out, failed] = [number('draining'), number('out'), number('failed')]
    const alarm = failed + out > 0 ? 2 : draining > 0 ? 1 : 0
    if (this.mode === 'health') return healthCode(number('up') + number('spare'), draining, out, failed)
    const held = number('held')
    if (held === 0 && number('up') + draining + number('spare') === 0) return codeOf(PLACE_OF.out, 1, 0)
    if (this.mode === 'fragments') return fragmentCode(number('free'), held, total, alarm)
    if (held === 0) return codeOf(PLACE_OF.free, 1, alarm)
    if (this.mode === 'tenant') {
      const colour = this.#colours.of(this.#state.tenantAt(at))
      return codeOf(FIRST_TENANT + colour, held / total, alarm)
    }
    const kind =
      number('askedBack') > 0 ? PLACE_OF.askedBack : number('borrowed') > 0 ? PLACE_OF.borrowed : PLACE_OF.own
    const part = kind === PLACE_OF.borrowed ? number('borrowed') : held
    return codeOf(kind, part / total, alarm)
  }
}

/** The worst of it, and how many of its nodes are that. */
function healthCode(good: number, draining: number, out: number, failed: number): number {
  const all = Math.max(1, good + draining + out + failed)
  if (failed > 0) return codeOf(PLACE_OF.failed, failed / all, 0)
  if (out > 0) return codeOf(PLACE_OF.out, out / all, 0)
  if (draining > 0) return codeOf(PLACE_OF.draining, draining / all, 0)
  return codeOf(PLACE_OF.works, 1, 0)
}

/** Whole, or broken into what is held and what is not. */
function fragmentCode(free: number, held: number, total: number, alarm: number): number {
  if (free >= total) return codeOf(PLACE_OF.whole, 1, alarm)
  if (free <= 0) return held > 0 ? codeOf(PLACE_OF.full, 1, alarm) : codeOf(PLACE_OF.out, 1, 0)
  return codeOf(PLACE_OF.partly, free / total, alarm)
}
