import { Allocator } from '../../allocation/allocator.ts'
import type { AllocationEvent } from '../../allocation/events.ts'
import { restoreSnapshot, takeSnapshot } from '../../allocation/snapshot.ts'
import { assert } from '../../base/assert.ts'
import { instant } from '../../base/instant.ts'
import { Simulator } from '../simulator.ts'
import type { Breach } from './breach.ts'
import type { DrawnHistory } from './draw-history.ts'

/** What must hold once a history is over. */
export function endRules(
  history: DrawnHistory,
  allocator: Allocator,
  events: readonly AllocationEvent[],
): Breach[] {
  return [...replayRules(allocator, events), ...stopoverRules(history, events), ...startRules(allocator)]
}

/** The events alone lead to the same state. */
function replayRules({ policy, state }: Allocator, events: readonly AllocationEvent[]): Breach[] {
  const expected = JSON.stringify(takeSnapshot(state))
  const found = JSON.stringify(takeSnapshot(Allocator.replay(events, policy).state))
  return expected === found ? [] : [{ rule: 'eventsSuffice', subject: 'state', expected, found }]
}

/** Played by two simulators, of which the second knows nothing but the input and a snapshot, the history is the same. */
function stopoverRules(history: DrawnHistory, events: readonly AllocationEvent[]): Breach[] {
  const played: AllocationEvent[] = []
  const first = new Simulator(history, (event) => played.push(event))
  first.run(instant(((events[0]?.at ?? 0) + (events.at(-1)?.at ?? 0)) / 2))
  const snapshot = JSON.parse(JSON.stringify(first.snapshot()))
  const second = Simulator.resume(history, snapshot, (event) => played.push(event))
  assert(second.ok, 'a snapshot that was taken can be resumed')
  second.value.run()
  const [expected, found] = [JSON.stringify(events), JSON.stringify(played)]
  return expected === found ? [] : [{ rule: 'simulatorGoesOn', subject: 'events', expected, found }]
}

/** All that started has ended, and without quotas nobody is left who would start if it were alone. */
function startRules(allocator: Allocator): Breach[] {
  const { gangs, accounts } = allocator.state
  return [...gangs.values()].flatMap(({ gang, running }): Breach[] => {
    if (running) return [{ rule: 'everythingEnds', subject: gang.id }]
    if (accounts.hasQuotas || !wouldStartAlone(allocator, gang.id)) return []
    return [{ rule: 'everybodyStarts', subject: gang.id }]
  })
}

/** With all that it has done and saved: where money decides, what is left to do may not be worth bringing its data once more. */
function wouldStartAlone({ policy, state }: Allocator, gangId: string): boolean {
  const full = takeSnapshot(state)
  const gangs = full.gangs.filter(({ gang }) => gang.id === gangId)
  const empty = restoreSnapshot({ ...full, gangs, handOvers: [], windows: [], ended: [] })
  assert(empty.ok, 'a fleet on which nobody runs can be restored')
  const alone = new Allocator(policy, empty.value)
  return alone.apply({ kind: 'wake' }, state.now).some(({ kind }) => kind === 'placed')
}
