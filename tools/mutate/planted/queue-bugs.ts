import type { PlantedBug } from '../planted-bug.ts'

/** Bugs in who waits, who runs and who is gone. */
export const QUEUE_BUGS: readonly PlantedBug[] = [
  {
    name: 'a gang of the very limit that was refused is looked at again',
    file: 'allocation/kind-line.ts',
    right: '(limits[at] as number) >= bound',
    wrong: '(limits[at] as number) > bound',
    foundBy: 'allocation/queue.test.ts',
    test: 'is passed over once the bound of its kind has fallen to its limit',
  },
  {
    name: 'kinds are shown one after the other',
    file: 'allocation/line-heap.ts',
    right: 'if ((lines[child] as KindLine).seq >= line.seq) break',
    wrong: 'break',
    foundBy: 'allocation/queue.test.ts',
    test: 'is passed over once the bound of its kind has fallen to its limit',
  },
  {
    name: 'a gang that is gone is still at hand',
    file: 'allocation/gang-book.ts',
    right: 'this.#ended.push(id)\n    this.#latest = undefined',
    wrong: 'this.#ended.push(id)',
    foundBy: 'allocation/gang-book.test.ts',
    test: 'a gang is found while it is here',
  },
  {
    name: 'two gangs whose ids have one hash are taken for one',
    file: 'allocation/id-table.ts',
    right: ' && this.#ids[number - 1] === id) break',
    wrong: ') break',
    foundBy: 'allocation/id-table.test.ts',
    test: 'ids of one hash are told apart',
  },
  {
    name: 'a chunk of running gangs forgets that its last one left',
    file: 'allocation/running-gangs.ts',
    right: 'if (chunk.gangs.length > 0) this.#lastEnds[c] = lastOf(chunk)',
    wrong: 'if (chunk.gangs.length > 0) return',
    foundBy: 'allocation/running-gangs.test.ts',
    test: 'thousands keep their order while chunks are cut and emptied',
  },
]
