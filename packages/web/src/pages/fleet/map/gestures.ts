import type { FleetMap } from './fleet-map.ts'

/** What a hand on the map leads to. */
interface Meant {
  readonly pick: (at: number, x: number, y: number) => void
  readonly point: (at: number, x: number, y: number) => void
  readonly leave: () => void
}

/** So far a pointer moves before it drags and does not click. */
const STILL_PX = 5
const WHEEL = 0.0016
const STEP = 1.5
const ARROW_PX = 90

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-ARROW_PX, 0],
  ArrowRight: [ARROW_PX, 0],
  ArrowUp: [0, -ARROW_PX],
  ArrowDown: [0, ARROW_PX],
}

interface Pointer {
  x: number
  y: number
}

/** Drag, wheel, pinch, click and keys on the map. */
export class Gestures {
  readonly #canvas: HTMLCanvasElement
  readonly #map: FleetMap
  readonly #meant: Meant
  readonly #pointers = new Map<number, Pointer>()
  readonly #end = new AbortController()
  #travelled = 0

  constructor(canvas: HTMLCanvasElement, map: FleetMap, meant: Meant) {
    this.#canvas = canvas
    this.#map = map
    this.#meant = meant
    const { signal } = this.#end
    canvas.addEventListener('pointerdown', (event) => this.#down(event), { signal })
    canvas.addEventListener('pointermove', (event) => this.#moved(event), { signal })
    canvas.addEventListener('pointerup', (event) => this.#up(event), { signal })
    canvas.addEventListener('pointercancel', (event) => this.#pointers.delete(event.pointerId), { signal })
    canvas.addEventListener('pointerleave', () => meant.leave(), { signal })
    canvas.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false })
    canvas.addEventListener('keydown', (event) => this.#key(event), { signal })
  }

  close(): void {
    this.#end.abort()
  }

  #at({ clientX, clientY }: MouseEvent): Pointer {
    const { left, top } = this.#canvas.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return
    this.#canvas.setPointerCapture(event.pointerId)
    this.#pointers.set(event.pointerId, this.#at(event))
    this.#travelled = this.#pointers.size > 1 ? Number.POSITIVE_INFINITY : 0
  }

  #moved(event: PointerEvent): void {
    const pointer = this.#pointers.get(event.pointerId)
    const now = this.#at(event)
    if (!pointer) return this.#meant.point(this.#map.domainAt(now.x, now.y), now.x, now.y)
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1]
    const [byX, byY] = [now.x - pointer.x, now.y - pointer.y]
    this.#travelled += Math.abs(byX) + Math.abs(byY)
    if (other) this.#pinch(pointer, now, other)
    else if (this.#travelled > STILL_PX) {
      this.#meant.leave()
      this.#map.pan(-byX, -byY)
    }
    Object.assign(pointer, now)
  }

  /** What was under both fingers stays there. */
  #pinch(before: Pointer, now: Pointer, other: Pointer): void {
    const apart = (a: Pointer): number => Math.max(10, Math.hypot(a.x - other.x, a.y - other.y))
    const middle: readonly [number, number] = [(now.x + other.x) / 2, (now.y + other.y) / 2]
    this.#map.pan((before.x - now.x) / 2, (before.y - now.y) / 2)
    this.#map.zoom(apart(now) / apart(before), middle)
  }

  #up(event: PointerEvent): void {
    if (!this.#pointers.delete(event.pointerId) || this.#travelled > STILL_PX) return
    const { x, y } = this.#at(event)
    this.#meant.pick(this.#map.domainAt(x, y), x, y)
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault()
    const { x, y } = this.#at(event)
    // A pinch on a touchpad comes as a wheel with ctrl, in smaller steps.
    const by = (event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY) * (event.ctrlKey ? 6 : 1)
    if (event.shiftKey) this.#map.pan(event.deltaX || event.deltaY, 0)
    else this.#map.zoom(Math.exp(-Math.max(-240, Math.min(240, by)) * WHEEL), [x, y])
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const arrow = ARROWS[event.key]
    if (arrow) this.#map.pan(...arrow)
    else if (event.key === '+' || event.key === '=') this.#map.glideZoom(STEP)
    else if (event.key === '-') this.#map.glideZoom(1 / STEP)
    else if (event.key === '0') this.#map.showAll()
    else if (event.key === 'Enter') this.#meant.pick(this.#map.middle(), 0, 0)
    else return
    event.preventDefault()
  }
}
