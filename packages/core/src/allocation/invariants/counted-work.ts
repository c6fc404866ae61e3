import type { Pool } from '../../capacity/pool.ts'
import type { Gang, Role } from '../../demand/gang.ts'
import type { AllocationEvent, Part } from '../events.ts'

interface Stretch {
  readonly from: number
  readonly speed: number
}

interface Surroundings {
  readonly pools: ReadonlyMap<
    string,
    { readonly pool: Pool; readonly nodes: readonly { readonly speed: number }[] }
  >
}

/** What a gang has done and saved, counted stretch by stretch since it last loaded what it saved. */
export class CountedWork {
  /** Whether its size or place has changed in this stay. */
  hasChanged = false
  readonly #gang: Gang
  #keptMs = 0
  #loadMs = 0
  #wasEvicted = false
  #stretches: Stretch[] = []
  #parts: readonly Part[] = []

  constructor(gang: Gang) {
    this.#gang = gang
  }

  fold(event: AllocationEvent, surroundings: Surroundings): void {
    if (event.kind === 'placed') {
      this.hasChanged = false
      this.#parts = event.parts
      this.#loadMs = this.#wasEvicted ? this.#gang.restartMs : 0
      this.#stretches = [{ from: event.at, speed: speedWith(this.#gang, event.parts, surroundings) }]
    }
    if (event.kind === 'paceChanged') this.#goOn(event.at, surroundings)
    if (event.kind === 'evicted') {
      this.#wasEvicted = true
      this.#keptMs = event.keptMs
    }
    if (event.kind !== 'resized' && event.kind !== 'moved') return
    if (this.restartsBy(event)) {
      this.#keptMs = this.savedBy(event.at)
      this.#loadMs = this.#gang.restartMs
      this.#stretches = []
    }
    this.#parts = event.parts
    this.#goOn(event.at, surroundings)
  }

  /** How fast it should be by its size and by the slowest node that it sits on. */
  speedNow(surroundings: Surroundings): number {
    return speedWith(this.#gang, this.#parts, surroundings)
  }

  /** One that has done nothing yet since it last began to load goes on as it is. */
  restartsBy(event: Extract<AllocationEvent, { kind: 'resized' | 'moved' }>): boolean {
    const restarts = event.kind === 'moved' || this.#gang.roles.some(({ elastic }) => elastic?.restarts)
    return restarts && event.at > (this.#stretches.at(-1)?.from ?? event.at)
  }

  /** Work at speed 1 that an eviction would leave it with. */
  savedBy(at: number): number {
    const begins = this.#begins()
    const until = begins + this.#savedTime(at)
    let work = this.#keptMs
    for (const [n, { from, speed }] of this.#stretches.entries()) {
      const to = Math.min(until, this.#stretches[n + 1]?.from ?? at)
      work += speed * Math.max(0, to - Math.max(from, begins))
    }
    return work
  }

  /** When work of so many ms at speed 1 would be done if it held these parts from now on. */
  endsBy(workMs: number, at: number, parts: readonly Part[], surroundings: Surroundings): number {
    const begins = this.#begins()
    let done = this.#keptMs
    for (const [n, { from, speed }] of this.#stretches.entries())
      done += speed * Math.max(0, (this.#stretches[n + 1]?.from ?? at) - Math.max(from, begins))
    const rest = Math.max(0, workMs - done)
    return Math.max(at, begins) + rest / speedWith(this.#gang, parts, surroundings)
  }

  /** Running time since it last began to load that an eviction would throw away. */
  lostBy(at: number): number {
    return at - (this.#stretches[0]?.from ?? at) - this.#savedTime(at)
  }

  #goOn(at: number, surroundings: Surroundings): void {
    this.hasChanged = true
    if (this.#stretches.at(-1)?.from === at) this.#stretches.pop()
    this.#stretches.push({ from: at, speed: this.speedNow(surroundings) })
  }

  #begins(): number {
    return (this.#stretches[0]?.from ?? 0) + this.#loadMs
  }

  #savedTime(at: number): number {
    const { checkpointMs } = this.#gang
    if (checkpointMs === undefined) return 0
    let saved = 0
    while (this.#begins() + saved + checkpointMs <= at) saved += checkpointMs
    return saved
  }
}

/** That of the slowest role. */
function speedWith(gang: Gang, parts: readonly Part[], { pools }: Surroundings): number {
  const speeds = gang.roles.map((role, r) => {
    const part = parts[r]
    const pool = part && pools.get(part.poolId)
    const hardware = pool?.pool.hardware
    const sitsOn = part?.runs.flatMap(({ first, nodes }) => pool?.nodes.slice(first, first + nodes) ?? [])
    const slowest = Math.min(1, ...(sitsOn ?? []).map(({ speed }) => speed))
    const onHardware = role.accepts.find((accepted) => accepted.hardware === hardware)?.speed ?? 1
    return part ? onHardware * sizeSpeed(role, part) * slowest : 1
  })
  return Math.min(...speeds)
}

function sizeSpeed(role: Role, part: Part): number {
  if (!role.elastic) return 1
  const held = part.runs.reduce((sum, { nodes, each }) => sum + nodes * each, 0)
  const size = role.elastic.sizes.find(({ members }) => members * role.acceleratorsPerMember === held)
  return size?.speed ?? 0
}
