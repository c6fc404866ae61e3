import type { PlantedBug } from '../planted-bug.ts'

/** Bugs in who goes before whom where gangs are stopped by rank, and in what is foreseen of their durations. */
export const ORDER_BUGS: readonly PlantedBug[] = [
  {
    name: 'those that outlast a level teach nothing',
    file: 'allocation/durations/durations.ts',
    right: 'for (let level = from; level < to; level++) count(counts, level, kept, 0)',
    wrong: '',
    foundBy: 'allocation/durations/durations.test.ts',
    test: 'count as longer while gangs outlast them',
  },
  {
    name: 'a name is taken to last as all of its size do',
    file: 'allocation/durations/duration-groups.ts',
    right: '[...groups, JSON.stringify([size, gang.tenant, gang.name])]',
    wrong: 'groups',
    foundBy: 'allocation/durations/foresee.test.ts',
    test: 'those come first whose like have ended soonest',
  },
  {
    name: 'the largest waits its share as others do',
    file: 'allocation/preempt/outlook.ts',
    right: 'gang !== largest && ',
    wrong: '',
    foundBy: 'allocation/preempt/preemptive-pass.test.ts',
    test: 'lets one go first that has waited for as long as all that is known',
  },
  {
    name: 'what stopping would waste is not counted',
    file: 'allocation/preempt/progress.ts',
    right: 'running ? worthOfStopping(gang, at).lostMs + gang.gang.restartMs : 0',
    wrong: '0',
    foundBy: 'allocation/preempt/preemptive-pass.test.ts',
    test: 'does not stop a gang that would waste more than it has left',
  },
  {
    name: 'patience never ends',
    file: 'allocation/preempt/progress.ts',
    right: 'submittedAt + patienceMs(gang.limitMs)',
    wrong: 'Number.POSITIVE_INFINITY',
    foundBy: 'allocation/preempt/preemptive-pass.test.ts',
    test: 'lets nobody wait without end',
  },
  {
    name: 'what a stopped gang has run for is forgotten',
    file: 'allocation/allocation-state.ts',
    right: 'gang.servedMs += Math.max(0, event.at - gang.placedAt - overheadMs(gang))',
    wrong: '',
    foundBy: 'allocation/preempt/preemptive-pass.test.ts',
    test: 'least attained service',
  },
  {
    name: 'room is spent on a gang that fits nowhere',
    file: 'allocation/preempt/budget.ts',
    right: ' || !couldHold(shape, pool, pools)) continue',
    wrong: ') continue',
    foundBy: 'allocation/preempt/preemptive-pass.test.ts',
    test: 'spends nothing on a gang that no node holds',
  },
]
