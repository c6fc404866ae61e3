import type { PlantedBug } from '../planted-bug.ts'

/** Of gangs that grow, shrink and move. */
export const ELASTIC_BUGS: readonly PlantedBug[] = [
  {
    name: 'a gang that has grown makes way for nobody',
    file: 'allocation/elastic/make-way.ts',
    right: 'if (beyond > 0) tooMuch.set(node, beyond)',
    wrong: '',
    foundBy: 'allocation/elastic/elastic.test.ts',
    test: 'makes way at once for whoever waits',
  },
  {
    name: 'work is counted at the speed of the size that comes',
    file: 'allocation/elastic/resize.ts',
    right: 'else countWork(gang, at)',
    wrong: 'else gang.since = at',
    foundBy: 'allocation/elastic/elastic.test.ts',
    test: 'keeps by an eviction what it saved at each speed',
  },
  {
    name: 'what is idle goes to whoever came first',
    file: 'allocation/elastic/growing.ts',
    right: '2 * Math.round(1e6 * (faster - 1))',
    wrong: '2 * members',
    foundBy: 'allocation/elastic/elastic.test.ts',
    test: 'goes to whom it makes faster by most',
  },
  {
    name: 'a gang grows again at once',
    file: 'allocation/elastic/growing.ts',
    right: 'return gang.since + (elasticRoleOf(gang).elastic?.settleMs ?? 0)',
    wrong: 'return gang.since',
    foundBy: 'allocation/elastic/elastic.test.ts',
    test: 'stays at its size for a while before it grows again',
  },
  {
    name: 'members leave from the fullest node',
    file: 'allocation/elastic/shrink.ts',
    right: 'heldOnA - heldOnB || b - a',
    wrong: 'heldOnB - heldOnA || a - b',
    foundBy: 'allocation/elastic/elastic.test.ts',
    test: 'gives up those members that leave whole nodes free',
  },
  {
    name: 'moves are offered that cost more than they save',
    file: 'allocation/moves/plan-moves.ts',
    right: 'Number.isFinite(saved) && saved > lost',
    wrong: 'Number.isFinite(saved)',
    foundBy: 'allocation/moves/moves.test.ts',
    test: 'is not offered where those who move would lose more',
  },
  {
    name: 'a plan is carried out on room that somebody took',
    file: 'allocation/moves/room-tally.ts',
    right: 'if (sum > pool.free.freeOf(node)) hasRoom = false',
    wrong: '',
    foundBy: 'allocation/moves/moves.test.ts',
    test: 'finds its room taken',
  },
]
