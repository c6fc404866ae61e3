import { assert, unreachable } from '../base/assert.ts'
import type { Instant } from '../base/instant.ts'
import type { Gang } from '../demand/gang.ts'
import { Accounts } from './accounts.ts'
import { SpreadGroups } from './apart/spread-groups.ts'
import { Durations } from './durations/durations.ts'
import { learnFrom } from './durations/learn.ts'
import { Growth } from './elastic/growth.ts'
import { changeStay, resize, setEnd } from './elastic/resize.ts'
import { type AllocationEvent, acceleratorsOfPart, type Part } from './events.ts'
import { evolveNodes, isOfNodes } from './failures/evolve-nodes.ts'
import { OffenderBook } from './failures/offender-book.ts'
import { OutageBook } from './failures/outage-book.ts'
import { changePace, paceOf } from './failures/pace.ts'
import { forgetSlow } from './failures/slow-nodes.ts'
import { settleSpares } from './failures/spares.ts'
import { GangBook } from './gang-book.ts'
import { beginStay, bringAlong, endStay, type GangState, newGangState, type Past } from './gang-state.ts'
import { closeHandOver, type HandOver, openHandOver, settleKept } from './hand-over.ts'
import { dequeue, enqueue, kindFor, mindsMoney, noteTenants, setTerms } from './money/minding.ts'
import { MindingGangs } from './money/minding-gangs.ts'
import type { MoneyLedger } from './money/money-ledger.ts'
import { reseat } from './moves/reseat.ts'
import { noteEnd, noteStart } from './opening.ts'
import { newPoolState, type PoolState } from './pool-state.ts'
import { WaitingQueue } from './queue.ts'
import { Shapes, slowestOf } from './shape.ts'
import { closeShares } from './shares/close-shares.ts'
import { LearntMix } from './shares/learnt-mix.ts'
import { PoolRoom, stateNodes } from './shares/pool-room.ts'
import { type Turns, turnsAfter } from './turns/turns.ts'
import { BookedWindows, isOfWindows } from './windows/booked-windows.ts'

type EventOf<Kind extends AllocationEvent['kind']> = Extract<AllocationEvent, { kind: Kind }>

/** Everything the allocator knows. It changes by events alone: `evolve` never decides. */
export class AllocationState {
  now = Number.NEGATIVE_INFINITY as Instant
  noticeMs = 0
  nextSeq = 0
  readonly pools: PoolState[] = []
  readonly poolById = new Map<string, PoolState>()
  readonly gangs = new GangBook()
  readonly queue = new WaitingQueue()
  readonly accounts = new Accounts()
  readonly shapes = new Shapes()
  /** How long gangs last that state no limit: taught by those of which it was asked. */
  readonly durations = new Durations()
  /** Owners' gangs that wait for what they asked back, in the order in which they asked. */
  readonly handOvers = new Map<string, HandOver>()
  readonly outages = new OutageBook()
  readonly groups = new SpreadGroups()
  readonly offenders = new OffenderBook()
  readonly windows = new BookedWindows()
  readonly growth = new Growth()
  /** How many nodes are slow, in all pools. */
  slowNodes = 0
  tenants: EventOf<'tenantsSet'>['tenants'] = []
  /** Whose turn it is, where tenants state weights or priority grows with waiting. */
  turns: Turns | undefined
  /** What time costs, and what has been used; nothing where no terms were set. */
  money: MoneyLedger | undefined
  readonly minding = new MindingGangs()
  /** Passes over the queue so far; shapes remember by it that they failed. */
  pass = 0
  /** Kinds of waiting gangs that this pass has refused all it could give them in its phase. */
  refusedKinds = 0
  /** Pools in which this pass has neither promised a place nor let a gang block the way. */
  unpromised = 0
  /** Whether something other than arrivals and starts happened since the last pass over the whole queue. */
  isPassDue = true
  /** What gangs asked for since nodes first stated cores or memory, or somebody asked for a share. */
  mix: LearntMix | undefined
  /** Whether somebody has asked for a share, so that every pool may have to give some. */
  sharesOut = false
  /** The pool that was named last, often the one that is named next. */
  #latestPool: PoolState | undefined

  evolve(event: AllocationEvent): void {
    if (event.kind === 'refused') return
    this.now = event.at
    if (event.kind !== 'submitted' && event.kind !== 'placed') this.isPassDue = true
    switch (event.kind) {
      case 'submitted':
        return this.#submitted(event)
      case 'placed':
        return this.#placed(this.#gang(event.gangId), event)
      case 'outlasted':
        return this.#outlasted(this.#gang(event.gangId), event)
      case 'finished':
      case 'cancelled':
        return this.#ended(this.#gang(event.gangId), event)
      case 'evicted':
        return this.#evicted(this.#gang(event.gangId), event)
      case 'resized':
      case 'moved':
        return this.#changed(this.#gang(event.gangId), event)
      case 'handOverPlanned':
        return this.#handOverPlanned(this.#gang(event.gangId), event)
      case 'handOverDropped':
        return this.#closeHandOver(event.gangId)
      case 'reclaimAsked':
        return this.#reclaimAsked(this.#gang(event.gangId), event)
      case 'reclaimDropped':
        return this.#forgetReclaim(this.#gang(event.gangId))
      case 'poolOpened':
        return this.#poolOpened(event.pool)
      case 'tenantsSet':
        return this.#tenantsSet(event)
      case 'termsSet':
        return setTerms(this, event.terms, event.at)
      case 'termsTurned':
        return this.money?.countUntil(event.at)
      case 'nodesAdded':
        return this.#nodesAdded(this.pool(event.poolId), event)
      case 'nodesRemoved':
        return this.#nodesRemoved(this.pool(event.poolId), event)
      case 'paceChanged':
        return changePace(this, this.#gang(event.gangId), event.at)
      case 'leaveAsked':
        return
      default:
        if (isOfWindows(event)) return this.windows.evolve(event)
        if (isOfNodes(event)) return evolveNodes(this, event)
        unreachable(event)
    }
  }

  pool(id: string): PoolState {
    if (this.#latestPool?.pool.id === id) return this.#latestPool
    const pool = this.poolById.get(id)
    assert(pool, 'events name known pools')
    this.#latestPool = pool
    return pool
  }

  /** Takes in a gang that waits; one that has been here before brings its number and what it saved. */
  admit(gang: Gang, at: Instant, before?: Past, expectedMs = before?.expectedMs): void {
    const kind = kindFor(this.money, gang, this.shapes.of(gang.roles, this.pools))
    if (kind.shape.hasShares) this.shareOut()
    const state = newGangState(gang, kind, before?.seq ?? this.nextSeq, at)
    state.mindsMoney = mindsMoney(this.money, gang)
    if (before) bringAlong(state, before)
    state.expectedMs = expectedMs
    this.nextSeq = Math.max(this.nextSeq, state.seq + 1)
    this.gangs.add(state)
    if (gang.spread) this.groups.join(gang.spread)
    enqueue(this, state)
  }

  /** A gang runs as fast as its slowest role. */
  speedOf(gang: GangState, parts: readonly Part[], moreMembers = 0): number {
    if (this.slowNodes > 0) return paceOf(gang, parts, (id) => this.pool(id), moreMembers)
    return slowestOf(gang.shape, parts, (id) => this.pool(id).pool, moreMembers)
  }

  #gang(id: string): GangState {
    const gang = this.gangs.get(id)
    assert(gang, 'events name known gangs')
    return gang
  }

  #submitted({ gang, at, expectedMs }: EventOf<'submitted'>): void {
    this.admit(gang, at, undefined, expectedMs)
    this.mix?.note(gang)
  }

  #placed(gang: GangState, event: EventOf<'placed'>): void {
    const handOver = this.handOvers.get(event.gangId)
    if (handOver) this.#forgetHandOver(handOver)
    dequeue(this, gang)
    gang.running = true
    beginStay(gang, event.at)
    gang.parts = event.parts
    gang.borrowed = event.borrowed
    setEnd(this, gang)
    this.growth.noteStart(gang)
    for (const part of event.parts) this.#hold(gang, part, 1)
    this.#seat(gang, event.parts, 1)
    this.money?.hold(gang, event.at, 1)
    this.money?.payEgress(gang, (id) => this.pool(id).pool, event.at)
    for (const pool of this.poolsOf(event.parts)) {
      pool.running.add(gang)
      noteStart(pool, gang)
    }
    if (handOver) for (const pool of handOver.rooms.keys()) settleKept(pool)
  }

  #outlasted(gang: GangState, { at, expectedMs }: EventOf<'outlasted'>): void {
    learnFrom(this.durations, gang, at, false)
    changeStay(this, gang, () => {
      gang.expectedMs = expectedMs
    })
  }

  #ended(gang: GangState, { kind, at }: EventOf<'finished' | 'cancelled'>): void {
    if (kind === 'finished') learnFrom(this.durations, gang, at, true)
    if (gang.running) this.#release(gang, at)
    else {
      this.#closeHandOver(gang.gang.id)
      dequeue(this, gang)
    }
    if (gang.gang.spread) this.groups.leave(gang.gang.spread)
    this.gangs.end(gang.gang.id)
  }

  #evicted(gang: GangState, event: EventOf<'evicted'>): void {
    learnFrom(this.durations, gang, event.at, false)
    endStay(gang, event.at, event.keptMs)
    this.#release(gang, event.at)
    enqueue(this, gang)
  }

  #changed(gang: GangState, event: EventOf<'resized' | 'moved'>): void {
    if (event.kind === 'resized') return resize(this, gang, event)
    reseat(this, gang, event, (part, sign) => this.#hold(gang, part, sign))
  }

  #release(gang: GangState, at: Instant): void {
    const pools = this.poolsOf(gang.parts)
    for (const pool of pools) {
      pool.running.remove(gang)
      noteEnd(pool, gang, at)
    }
    for (const part of gang.parts) this.#hold(gang, part, -1)
    this.#seat(gang, gang.parts, -1)
    this.money?.hold(gang, at, -1)
    for (const pool of pools) settleKept(pool)
    this.#forgetReclaim(gang)
    if (this.windows.size > 0) this.windows.forget(gang.gang.id)
    this.growth.noteEnd(gang, (id) => this.pool(id))
    gang.running = false
    gang.parts = []
    gang.borrowed = 0
  }

  #seat({ gang }: GangState, parts: readonly Part[], sign: 1 | -1): void {
    if (gang.spread) this.groups.seat(gang.spread, parts, this.poolById, sign)
  }

  #hold(gang: GangState, part: Part, sign: 1 | -1): void {
    const pool = this.pool(part.poolId)
    if (sign === 1) {
      pool.free.take(part.runs)
      pool.holders.add(gang, part.runs)
    } else {
      pool.free.give(part.runs)
      pool.holders.remove(gang, part.runs)
    }
    pool.cpuFree -= sign * part.cpuCores
    this.accounts.chargePart(gang.gang.tenant, part, sign)
    this.turns?.charge(gang.gang.tenant, part.poolId, sign * acceleratorsOfPart(part), this.now)
  }

  /** What an owner asked back counts as its tenant's from then on, so that it is asked for once. */
  #handOverPlanned(owner: GangState, { parts, by }: EventOf<'handOverPlanned'>): void {
    const handOver = openHandOver(owner, parts, by, (id) => this.pool(id))
    this.handOvers.set(owner.gang.id, handOver)
    owner.awaits = true
    this.#seat(owner, parts, 1)
    this.accounts.chargeParts(owner.gang.tenant, parts, 1)
  }

  #closeHandOver(ownerId: string): void {
    const handOver = this.handOvers.get(ownerId)
    if (!handOver) return
    this.#forgetHandOver(handOver)
    for (const pool of handOver.rooms.keys()) settleKept(pool)
  }

  #forgetHandOver(handOver: HandOver): void {
    closeHandOver(handOver)
    handOver.owner.awaits = false
    this.#seat(handOver.owner, handOver.parts, -1)
    for (const victim of [...handOver.victims]) this.#forgetReclaim(victim)
    this.handOvers.delete(handOver.owner.gang.id)
    this.accounts.chargeParts(handOver.owner.gang.tenant, handOver.parts, -1)
  }

  #reclaimAsked(gang: GangState, { by, forGangId }: EventOf<'reclaimAsked'>): void {
    const handOver = this.handOvers.get(forGangId)
    assert(handOver, 'what is asked back is asked for a hand-over')
    this.#forgetReclaim(gang)
    gang.reclaim = { by, forGangId }
    handOver.victims.add(gang)
    closeShares(gang, (id) => this.pool(id), 1)
  }

  #forgetReclaim(gang: GangState): void {
    if (!gang.reclaim) return
    this.handOvers.get(gang.reclaim.forGangId)?.victims.delete(gang)
    gang.reclaim = undefined
    closeShares(gang, (id) => this.pool(id), -1)
  }

  #poolOpened(pool: PoolState['pool']): void {
    const state = newPoolState(pool, this.pools.length)
    this.pools.push(state)
    this.poolById.set(pool.id, state)
    this.outages.supplyChanged(state, 0)
    this.shapes.refresh(this.pools)
    if (this.sharesOut) this.#openRoom(state)
    for (const each of this.pools) this.#forgetForesight(each)
  }

  #tenantsSet({ tenants, noticeMs, order, at }: EventOf<'tenantsSet'>): void {
    this.tenants = tenants
    this.turns = turnsAfter(this.turns, tenants, order, this.gangs.values(), at)
    this.noticeMs = noticeMs
    this.accounts.set(tenants)
    for (const { gang, parts } of this.gangs.values()) this.accounts.chargeParts(gang.tenant, parts, 1)
    for (const { owner, parts } of this.handOvers.values())
      this.accounts.chargeParts(owner.gang.tenant, parts, 1)
    noteTenants(this, at)
  }

  #nodesAdded(pool: PoolState, event: EventOf<'nodesAdded'>): void {
    const firstNew = pool.free.add(event.nodes)
    pool.groups.push(...event.nodes)
    if (pool.room) pool.room.add(event.nodes)
    else if (stateNodes(event.nodes)) this.#openRoom(pool)
    pool.cpuCores += event.cpuCores
    pool.cpuFree += event.cpuCores
    this.outages.supplyChanged(pool, firstNew)
    settleSpares(pool, { first: firstNew, until: pool.free.nodes })
    this.#forgetForesight(pool)
    settleKept(pool)
  }

  #nodesRemoved(pool: PoolState, event: EventOf<'nodesRemoved'>): void {
    const cores = event.cpuCores ?? 0
    pool.free.retire(event.firstNode, event.nodes)
    this.slowNodes -= forgetSlow(pool, event.firstNode, event.nodes)
    pool.cpuCores -= cores
    pool.cpuFree -= cores
    this.outages.supplyChanged(pool, pool.free.nodes)
    this.offenders.evolve(event, pool)
    settleSpares(pool, { first: event.firstNode, until: event.firstNode + event.nodes })
    this.#forgetForesight(pool)
  }

  /** Lets every pool give shares from now on. */
  shareOut(): void {
    if (this.sharesOut) return
    this.sharesOut = true
    for (const pool of this.pools) if (!pool.room) this.#openRoom(pool)
  }

  #openRoom(pool: PoolState): void {
    const { free: index, groups, pool: named } = pool
    this.mix ??= new LearntMix()
    this.isPassDue = true
    pool.room = new PoolRoom({ index, groups, hardware: named.hardware, mix: this.mix })
    this.#forgetForesight(pool)
  }

  /** What the nodes of one pool could hold may decide about gangs that sit in others too. */
  #forgetForesight(pool: PoolState): void {
    pool.openings.clear()
    for (const each of this.pools) each.couldHold.clear()
  }

  /** The pools in which the parts lie, each once. */
  poolsOf(parts: readonly Part[]): readonly PoolState[] {
    const [first] = parts
    if (parts.length === 1 && first) return [this.pool(first.poolId)]
    return [...new Set(parts.map(({ poolId }) => this.pool(poolId)))]
  }
}
