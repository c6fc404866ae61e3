import { assert } from '../base/assert.ts'
import type { Instant } from '../base/instant.ts'
import { AllocationState } from './allocation-state.ts'
import { carryOut } from './carry-out.ts'
import type { Command } from './commands.ts'
import { foreseeAnew, nextOutlasted } from './durations/foresee.ts'
import { grow } from './elastic/grow.ts'
import { nextSettled } from './elastic/growing.ts'
import { makeWayAfter, makeWayFor } from './elastic/make-way.ts'
import type { AllocationEvent } from './events.ts'
import { nextReadmission, readmitDue } from './failures/offenders.ts'
import { beginDueOutages, nextOutage } from './failures/suffer-outage.ts'
import { fulfilHandOvers, nextDue } from './fulfil.ts'
import type { GangState } from './gang-state.ts'
import { nextMoneyWake } from './money/money-wake.ts'
import { moveForTheFirst } from './moves/move-for-the-first.ts'
import type { PassContext } from './pass-context.ts'
import { placeLast, placeWaiting } from './place-waiting.ts'
import { mayPlan, placeByPlan } from './plan/place-by-plan.ts'
import { BACKFILL } from './policies/backfill.ts'
import type { QueuePolicy } from './policies/queue-policy.ts'
import { nextRankChange, runTheBest } from './preempt/preemptive-pass.ts'
import { Ranking } from './preempt/ranking.ts'
import { refusalOf } from './refuse.ts'
import { askLentBack } from './windows/lent-room.ts'
import { nextWindowMoment, runWindows } from './windows/run-windows.ts'

/**
 * Decides who gets what, when.
 *
 * `apply` takes a command and the moment at which it happens, decides, and returns the events that follow; each event has
 * changed the state by `evolve`, and by nothing else, so the same events rebuild the same state without deciding again.
 * A gang is waiting, then running (placed), then gone (finished, cancelled); an eviction makes it wait again.
 */
export class Allocator {
  readonly policy: QueuePolicy
  readonly state: AllocationState
  #events: AllocationEvent[] = []
  /** What a command's decisions note in its context, used again for the next one. */
  readonly #started: GangState[] = []
  readonly #asked = new Set<string>()
  readonly #ranking: Ranking | undefined
  /** When all that wait were last looked at: a pass may change nothing, and then leaves no event. */
  #lookedAt: Instant
  /** When it was last decided who grows. */
  #grownAt = Number.NEGATIVE_INFINITY
  readonly #emit = (event: AllocationEvent): void => {
    if (!this.state.growth.isAny) return this.#record(event)
    for (const resized of makeWayFor(this.state, event)) this.#record(resized)
    this.#record(event)
    for (const resized of makeWayAfter(this.state, event)) this.#record(resized)
  }

  #record(event: AllocationEvent): void {
    this.state.evolve(event)
    this.#events.push(event)
    if (this.#ranking) this.#rank(this.#ranking, event)
  }

  constructor(policy: QueuePolicy = BACKFILL, state: AllocationState = new AllocationState()) {
    this.policy = policy
    this.state = state
    this.#lookedAt = state.now
    this.#ranking = policy.preempts && new Ranking(policy.preempts, state.durations)
    for (const gang of state.queue) this.#ranking?.add(gang)
  }

  /** The state that these events lead to, ready to decide on. */
  static replay(events: Iterable<AllocationEvent>, policy: QueuePolicy = BACKFILL): Allocator {
    const state = new AllocationState()
    for (const event of events) state.evolve(event)
    return new Allocator(policy, state)
  }

  /** Decides on one command at one moment and returns what happened, in order; a refusal leaves the state as it was. */
  apply(command: Command, at: Instant): readonly AllocationEvent[] {
    this.#events = []
    const because = refusalOf(this.state, command, at)
    if (because) return [{ kind: 'refused', at, command: command.kind, subject: subjectOf(command), because }]
    const context = this.#context(at)
    if (this.state.money?.hasTurnedBy(at)) this.#emit({ kind: 'termsTurned', at })
    carryOut(context, command)
    beginDueOutages(context)
    readmitDue(context)
    if (this.policy.foresees) foreseeAnew(context)
    if (command.kind === 'submit' && this.#onlyTheLastIsNew(command.gang.id, at))
      this.#placeLast(context, command.gang.id)
    else this.#placeAll(context)
    while (this.policy.movesGangs && moveForTheFirst(context)) this.#placeAll(context)
    this.#grow(context)
    return this.#events
  }

  /** When the allocator must be told that time has passed (`wake`), if nothing else happens before. */
  nextWake(): Instant | undefined {
    const due = this.#nextPass()
    const since = Math.max(this.state.now, this.#grownAt) as Instant
    const settled = this.state.growth.elastic.size > 0 ? nextSettled(this.state, since) : undefined
    return earlier(due, settled)
  }

  #nextPass(): Instant | undefined {
    const { preempts, foresees } = this.policy
    const told = earlier(this.#nextTold(), nextMoneyWake(this.state, this.#lookedAt))
    const due = foresees ? earlier(told, nextOutlasted(this.state)) : told
    if (!preempts || !this.#ranking || this.state.accounts.hasQuotas) return due
    const since = Math.max(this.state.now, this.#lookedAt) as Instant
    const change = nextRankChange(this.state, preempts, this.#ranking, since, foresees === true)
    return earlier(due, change)
  }

  /** When notices and announcements end, and windows take their next steps. */
  #nextTold(): Instant | undefined {
    return earlier(earlier(nextDue(this.state), nextChange(this.state)), nextWindowMoment(this.state))
  }

  /** Again where that changed what others see, and where what was asked back is due at once. */
  #placeAll(context: PassContext): void {
    this.#lookedAt = context.at
    const { windows, queue } = this.state
    do {
      if (windows.size > 0) runWindows(context)
      this.#pass(context)
      if (windows.size > 0) askLentBack(context)
    } while ((context.mayTryAgain && queue.size > 0) || isDue(this.#nextTold(), context.at))
  }

  #pass(context: PassContext): void {
    const { preempts } = this.policy
    if (!preempts || !this.#ranking || this.state.accounts.hasQuotas) {
      fulfilHandOvers(context)
      context.mayTryAgain = false
      return mayPlan(context) ? placeByPlan(context) : placeWaiting(context)
    }
    runTheBest(context, preempts, this.#ranking)
    context.mayTryAgain = false
  }

  /** What nobody who waits can use goes to those who may grow. */
  #grow(context: PassContext): void {
    if (this.state.growth.elastic.size === 0) return
    this.#grownAt = context.at
    grow(context)
  }

  #placeLast(context: PassContext, gangId: string): void {
    const gang = this.state.gangs.get(gangId)
    assert(gang, 'a submitted gang is known')
    placeLast(context, gang)
    // What it took may have made others' work cheaper, where a dearer grant serves before a cheaper one.
    if (gang.running && this.state.money && this.state.minding.size > 0) return this.#placeAll(context)
    if (this.state.windows.size === 0) return
    askLentBack(context)
    if (isDue(this.#nextTold(), context.at)) this.#placeAll(context)
  }

  /** Then all others were tried when they last could have started, and nothing has become free since. */
  #onlyTheLastIsNew(gangId: string, at: Instant): boolean {
    const gang = this.state.gangs.get(gangId)
    if (!gang || this.state.accounts.hasQuotas || this.state.isPassDue || this.policy.preempts) return false
    if (gang.gang.spread || this.state.turns || this.policy.promisesAll) return false
    return this.state.queue.isLast(gang) && !isDue(this.#nextPass(), at)
  }

  /** Keeps the ranking to those that wait. */
  #rank(ranking: Ranking, event: AllocationEvent): void {
    if (event.kind === 'placed' || event.kind === 'finished' || event.kind === 'cancelled')
      return ranking.remove(event.gangId)
    if (event.kind !== 'submitted' && event.kind !== 'evicted') return
    const gang = this.state.gangs.get(event.kind === 'submitted' ? event.gang.id : event.gangId)
    assert(gang, 'a gang that waits is known')
    ranking.add(gang)
  }

  #context(at: Instant): PassContext {
    this.#started.length = 0
    return {
      state: this.state,
      policy: this.policy,
      at,
      emit: this.#emit,
      started: this.#started,
      asked: emptied(this.#asked),
      mayTryAgain: false,
      hasDroppedReclaims: false,
    }
  }
}

function emptied(set: Set<string>): Set<string> {
  if (set.size > 0) set.clear()
  return set
}

/** When an outage begins that was announced, or a node is taken back that was kept out. */
function nextChange({ outages, offenders }: AllocationState): Instant | undefined {
  return earlier(nextOutage(outages), nextReadmission(offenders))
}

function earlier(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a < b ? a : b
}

function isDue(next: Instant | undefined, at: Instant): boolean {
  return next !== undefined && next <= at
}

function subjectOf(command: Command): string {
  switch (command.kind) {
    case 'submit':
      return command.gang.id
    case 'cancel':
    case 'finish':
      return command.gangId
    case 'move':
      return command.plan.gangId
    case 'openPool':
      return command.pool.id
    case 'addNodes':
    case 'removeNodes':
      return command.poolId
    case 'failNode':
    case 'returnNode':
    case 'degradeNode':
      return `${command.poolId}#${command.node}`
    case 'beginOutage':
    case 'drain':
    case 'endOutage':
      return command.outageId
    case 'bookWindow':
      return command.booking.id
    case 'cancelWindow':
      return command.windowId
    case 'setTenants':
    case 'setTerms':
    case 'wake':
      return ''
  }
}
