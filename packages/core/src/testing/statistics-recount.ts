import type { AllocationEvent, Part, RefusalCause } from '../allocation/events.ts'
import type { Gang } from '../demand/gang.ts'

const HOUR = 3_600_000

/** One gang's life, as its events tell it. */
interface Life {
  readonly gang: Gang
  readonly submitted: number
  readonly stays: { readonly from: number; until: number | undefined; readonly held: number }[]
  end: 'finished' | 'cancelled' | undefined
  endedAt: number
}

/** Statistics counted again: lives are read whole, and every stretch between two events is looked at by itself. */
export function recountStatistics(events: readonly AllocationEvent[], until: number) {
  const lives = livesOf(events)
  const begin = Math.min(...lives.map(({ submitted }) => submitted))
  const started = lives.filter(({ stays }) => stays.length > 0)
  const finished = lives.filter(({ end }) => end === 'finished')
  const waits = started.map((life) => (life.stays[0]?.from ?? 0) - life.submitted)
  const time = timeOver(events, lives, begin, until)
  const tenants = [...new Set(lives.map(({ gang }) => gang.tenant))].sort()
  const rows = tenants.map((tenant) => tenantRow(tenant, lives, until))
  const slowdowns = rows.map(({ meanSlowdown }) => meanSlowdown).filter((slowdown) => slowdown > 0)
  return {
    gangs: lives.length,
    started: started.length,
    finished: finished.length,
    cancelled: lives.filter(({ end }) => end === 'cancelled').length,
    running: lives.filter((life) => !life.end && isRunning(life)).length,
    waiting: lives.filter((life) => !life.end && !isRunning(life)).length,
    refused: events.filter(({ kind }) => kind === 'refused').length,
    ...refusedGangs(events),
    evictions: events.filter(({ kind }) => kind === 'evicted').length,
    resizes: events.filter(({ kind }) => kind === 'resized').length,
    moves: events.filter(({ kind }) => kind === 'moved').length,
    nodesSlowed: events.filter((event) => event.kind === 'nodeDegraded' && event.speed < 1).length,
    nodeFailures: events.filter(({ kind }) => kind === 'nodeFailed').length,
    events: events.length,
    waitHours: spread(waits),
    waitBySize: bySize(
      started.map(({ gang }) => sizeOf(gang)),
      waits,
    ),
    completionHours: spread(finished.map((life) => life.endedAt - life.submitted)),
    makespanHours:
      finished.length === 0
        ? 0
        : Math.max(0, Math.max(...finished.map(({ endedAt }) => endedAt)) - begin) / HOUR,
    acceleratorHours: time.used / HOUR,
    utilisation: time.inService === 0 ? 0 : time.used / time.inService,
    fragmentation: time.inService === 0 ? 0 : time.stranded / time.inService,
    tenants: rows,
    fairness:
      slowdowns.length === 0
        ? 1
        : sum(slowdowns) ** 2 / (slowdowns.length * sum(slowdowns.map((x) => x * x))),
  }
}

function livesOf(events: readonly AllocationEvent[]): Life[] {
  const lives = new Map<string, Life>()
  for (const event of events) {
    if (event.kind === 'submitted') {
      const life = { gang: event.gang, submitted: event.at, stays: [], end: undefined, endedAt: 0 }
      lives.set(event.gang.id, life)
    }
    const life = 'gangId' in event ? lives.get(event.gangId) : undefined
    if (!life) continue
    if (event.kind === 'placed') {
      life.stays.push({ from: event.at, until: undefined, held: sum(event.parts.map(heldBy)) })
    }
    if (event.kind === 'resized' || event.kind === 'moved') {
      const stay = life.stays.at(-1)
      if (stay) stay.until = event.at
      life.stays.push({ from: event.at, until: undefined, held: sum(event.parts.map(heldBy)) })
    }
    if (event.kind === 'evicted' || event.kind === 'finished' || event.kind === 'cancelled') {
      const stay = life.stays.at(-1)
      if (stay && stay.until === undefined) stay.until = event.at
    }
    if (event.kind === 'finished' || event.kind === 'cancelled') {
      life.end = event.kind
      life.endedAt = event.at
    }
  }
  return [...lives.values()]
}

function timeOver(events: readonly AllocationEvent[], lives: readonly Life[], begin: number, until: number) {
  const moments = [...new Set([begin, ...events.map(({ at }) => at as number), until])]
  const sorted = moments.filter((at) => at >= begin && at <= until).sort((a, b) => a - b)
  const time = { used: 0, inService: 0, stranded: 0 }
  for (const [n, at] of sorted.entries()) {
    const ms = (sorted[n + 1] ?? at) - at
    const used = sum(
      lives.map((life) => sum(life.stays.filter((stay) => covers(stay, at)).map(({ held }) => held))),
    )
    const inService = serviceAt(events, at)
    time.used += used * ms
    time.inService += inService * ms
    time.stranded += filledBy(waitingAt(lives, at), inService - used) * ms
  }
  return time
}

function covers({ from, until }: { readonly from: number; readonly until: number | undefined }, at: number) {
  return from <= at && (until === undefined || until > at)
}

function waitingAt(lives: readonly Life[], at: number): number[] {
  return lives
    .filter((life) => life.submitted <= at && !(life.end && life.endedAt <= at))
    .filter(({ stays }) => !stays.some((stay) => covers(stay, at)))
    .map(({ gang }) => leastOf(gang))
}

/** The smallest first, as many as fit by count. */
function filledBy(sizes: readonly number[], free: number): number {
  let filled = 0
  for (const size of [...sizes].sort((a, b) => a - b)) if (filled + size <= free) filled += size
  return filled
}

/** Accelerators of all nodes that are there and have not failed, after everything that happened until `at`. */
function serviceAt(events: readonly AllocationEvent[], at: number): number {
  const pools = new Map<string, { readonly size: number; state: 'up' | 'failed' | 'gone' }[]>()
  const out = new Set<string>()
  for (const event of events) {
    if (event.at <= at && event.kind === 'outageBegan') out.add(event.outageId)
    if (event.at <= at && event.kind === 'outageEnded') out.delete(event.outageId)
    if (event.at > at || !('poolId' in event) || 'room' in event) continue
    const nodes = pools.get(event.poolId) ?? []
    pools.set(event.poolId, nodes)
    if (event.kind === 'nodesAdded') {
      for (const group of event.nodes)
        for (let n = 0; n < group.domains * group.nodesPerDomain; n++)
          nodes.push({ size: group.acceleratorsPerNode, state: 'up' })
    } else if (event.kind === 'nodesRemoved') {
      for (const node of nodes.slice(event.firstNode, event.firstNode + event.nodes)) node.state = 'gone'
    } else {
      const node = nodes[event.node]
      if (node && node.state !== 'gone') node.state = event.kind === 'nodeFailed' ? 'failed' : 'up'
    }
  }
  const inService = [...pools].flatMap(([poolId, nodes]) => (out.has(poolId) ? [] : nodes))
  const up = inService.filter(({ state }) => state === 'up')
  return sum(up.map(({ size }) => size))
}

function tenantRow(tenant: string, lives: readonly Life[], until: number) {
  const own = lives.filter(({ gang }) => gang.tenant === tenant)
  const started = own.filter(({ stays }) => stays.length > 0)
  const finished = own.filter(({ end }) => end === 'finished')
  const ran = (life: Life): number => sum(life.stays.map((stay) => (stay.until ?? until) - stay.from))
  const held = (life: Life): number =>
    sum(life.stays.map((stay) => ((stay.until ?? until) - stay.from) * stay.held))
  const slowdown = (life: Life): number =>
    Math.max(1, (life.endedAt - life.submitted) / Math.max(ran(life), 60_000))
  return {
    tenant,
    gangs: own.length,
    acceleratorHours: sum(own.map(held)) / HOUR,
    meanWaitHours: mean(started.map((life) => ((life.stays[0]?.from ?? 0) - life.submitted) / HOUR)),
    meanSlowdown: mean(finished.map(slowdown)),
  }
}

function bySize(sizes: readonly number[], waits: readonly number[]) {
  const classes = [1, 8, 72, 512, 4_096, Number.POSITIVE_INFINITY]
  return classes.flatMap((upTo) => {
    const own = waits.filter((_, n) => classes.find((limit) => (sizes[n] ?? 0) <= limit) === upTo)
    return own.length === 0 ? [] : [{ upTo, gangs: own.length, ...spread(own) }]
  })
}

function spread(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number => (sorted[Math.floor(share * sorted.length)] ?? 0) / HOUR
  return { mean: mean(values) / HOUR, p50: at(0.5), p99: at(0.99) }
}

function isRunning({ stays }: Life): boolean {
  const last = stays.at(-1)
  return last !== undefined && last.until === undefined
}

function heldBy(part: Part): number {
  return sum(part.runs.map(({ nodes, each }) => nodes * each))
}

function sizeOf(gang: Gang): number {
  return sum(gang.roles.map(({ members, acceleratorsPerMember }) => members * acceleratorsPerMember))
}

function leastOf(gang: Gang): number {
  return sum(
    gang.roles.map((role) => (role.elastic?.sizes[0]?.members ?? role.members) * role.acceleratorsPerMember),
  )
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : sum(values) / values.length
}

/** Gangs that were refused, by cause; nothing where there were none. */
function refusedGangs(events: readonly AllocationEvent[]) {
  const byCause: Partial<Record<RefusalCause, number>> = {}
  for (const event of events)
    if (event.kind === 'refused' && event.command === 'submit')
      byCause[event.because] = (byCause[event.because] ?? 0) + 1
  return Object.keys(byCause).length > 0 ? { refusedGangs: byCause } : {}
}
