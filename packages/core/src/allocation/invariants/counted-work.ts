import type { Pool } from '../../capacity/pool.ts'
import type { Gang, Role } from '../../demand/gang.ts'
import type { AllocationEvent, Part } from '../events.ts'

interface Stretch {
  readonly from: number
  readonly speed: number
}

interface Surroundings {
  readonly pools: ReadonlyMap<string, { readonly pool: Pool }>
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

  constructor(gang: Gang) {
    this.#gang = gang
  }

  get speed(): number {
    return this.#stretches.at(-1)?.speed ?? 0
  }

  fold(event: AllocationEvent, surroundings: Surroundings): void {
    if (event.kind === 'placed') {
      this.hasChanged = false
      this.#loadMs = this.#wasEvicted ? this.#gang.restartMs : 0
      this.#stretches = [{ from: event.at, speed: speedWith(this.#gang, event.parts, surroundings) }]
    }
    if (event.kind === 'evicted') {
      this.#wasEvicted = true
      this.#keptMs = event.keptMs
    }
    if (event.kind !== 'resized' && event.kind !== 'moved') return
    this.hasChanged = true
    if (this.restartsBy(event)) {
      this.#keptMs = this.savedBy(event.at)
      this.#loadMs = this.#gang.restartMs
      this.#stretches = []
    }
    if (this.#stretches.at(-1)?.from === event.at) this.#stretches.pop()
    this.#stretches.push({ from: event.at, speed: speedWith(this.#gang, event.parts, surroundings) })
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

  /** Running time since it last began to load that an eviction would throw away. */
  lostBy(at: number): number {
    return at - (this.#stretches[0]?.from ?? at) - this.#savedTime(at)
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
    const hardware = part && pools.get(part.poolId)?.pool.hardware
    const onHardware = role.accepts.find((accepted) => accepted.hardware === hardware)?.speed ?? 1
    return part ? onHardware * sizeSpeed(role, part) : 1
  })
  return Math.min(...speeds)
}

function sizeSpeed(role: Role, part: Part): number {
  if (!role.elastic) return 1
  const held = part.runs.reduce((sum, { nodes, each }) => sum + nodes * each, 0)
  const size = role.elastic.sizes.find(({ members }) => members * role.acceleratorsPerMember === held)
  return size?.speed ?? 0
}
