import type { FleetMapView } from '@offtake/contract/api/fleet-map-routes'
import { FleetState } from './fleet-state.ts'
import { type ColourMode, Looks } from './looks.ts'
import { TenantColours } from './tenant-colours.ts'

/** What looks different: these domains, all of them, or what there is at all. */
export type Changed =
  | { readonly kind: 'some'; readonly domains: readonly number[] }
  | { readonly kind: 'looks' }
  | { readonly kind: 'fleet' }

/** What is told to whoever reads in a hurry no more often than this. */
const SUMMARY_MS = 800

/** The fleet, and how it looks in the mode that was chosen; a map hears at once what changed, everything else now and then. */
export class FleetModel {
  readonly state = new FleetState()
  readonly colours = new TenantColours()
  #looks: Looks
  #version = 0
  #telling: ReturnType<typeof setTimeout> | undefined
  readonly #painters = new Set<(changed: Changed) => void>()
  readonly #readers = new Set<() => void>()

  constructor(mode: ColourMode) {
    this.#looks = new Looks(this.state, mode, this.colours)
  }

  get looks(): Looks {
    return this.#looks
  }

  /** Grows with what changed; for whoever reads now and then. */
  readonly version = (): number => this.#version

  readonly onPaint = (painter: (changed: Changed) => void): (() => void) => {
    this.#painters.add(painter)
    return () => this.#painters.delete(painter)
  }

  readonly onSummary = (reader: () => void): (() => void) => {
    this.#readers.add(reader)
    return () => this.#readers.delete(reader)
  }

  take(view: FleetMapView): void {
    const changed = this.state.take(view)
    this.colours.learn(this.state)
    if (changed.kind === 'some') return this.#patch(changed.domains)
    this.#looks = new Looks(this.state, this.#looks.mode, this.colours)
    this.#paint({ kind: 'fleet' })
    this.#tellNow()
  }

  show(mode: ColourMode): void {
    if (mode === this.#looks.mode) return
    this.#looks = new Looks(this.state, mode, this.colours)
    this.#paint({ kind: 'looks' })
    this.#tellNow()
  }

  #patch(domains: readonly number[]): void {
    if (domains.length === 0) return
    this.#paint({ kind: 'some', domains: this.#looks.update(domains) })
    this.#telling ??= setTimeout(() => this.#tellNow(), SUMMARY_MS)
  }

  #paint(changed: Changed): void {
    for (const painter of this.#painters) painter(changed)
  }

  #tellNow(): void {
    clearTimeout(this.#telling)
    this.#telling = undefined
    this.#version += 1
    for (const reader of this.#readers) reader()
  }
}
