import type { PlantedBug } from '../planted-bug.ts'

/** Wrong outages and drains. */
export const OUTAGE_BUGS: readonly PlantedBug[] = [
  {
    name: 'an outage that ends brings back what another covers',
    file: 'allocation/failures/suffer-outage.ts',
    right: '!state.outages.isCovered(pool, node, outageId)',
    wrong: 'true',
    foundBy: 'allocation/failures/outages.test.ts',
    test: 'leaves those out that another covers',
  },
  {
    name: 'a gang starts on nodes that drain though it ends a moment too late',
    file: 'allocation/failures/before-drain.ts',
    right: 'end > by',
    wrong: 'end > by + 60_000',
    foundBy: 'allocation/failures/outages.test.ts',
    test: 'takes new gangs that end in time',
  },
  {
    name: 'a place is promised on nodes that will be gone',
    file: 'allocation/reservation.ts',
    right: 'if (free.isOnline(node)) freed += each',
    wrong: 'freed += each',
    foundBy: 'allocation/failures/outages.test.ts',
    test: 'promises nobody a place on its nodes',
  },
  {
    name: 'nodes that come during an outage are in service',
    file: 'allocation/failures/outage-book.ts',
    right: 'if (this.#byId.size > 0) this.#mark',
    wrong: 'if (this.#byId.size > 99) this.#mark',
    foundBy: 'allocation/failures/outages.test.ts',
    test: 'covers nodes that come while it holds',
  },
  {
    name: 'an outage names those it stops by where they sat',
    file: 'allocation/failures/suffer-outage.ts',
    right: '.sort((a, b) => b.gang.priority - a.gang.priority || a.seq - b.seq)',
    wrong: '',
    foundBy: 'allocation/failures/outages.test.ts',
    test: 'rank first, wherever they sat',
  },
]
