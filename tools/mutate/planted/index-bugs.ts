import type { PlantedBug } from '../planted-bug.ts'

const HISTORY = {
  foundBy: 'allocation/free-index.history.test.ts',
  test: 'every choice is the best fit that a look at every node finds',
} as const

/** Bugs in what is free: its sets, its sums, its orders, and what is chosen from them. */
export const INDEX_BUGS: readonly PlantedBug[] = [
  {
    name: 'the emptiest node is taken',
    file: 'allocation/node-sets.ts',
    right: 'for (let set = until - (this.largest - atLeast + 1) * width; set < until; set += width) {',
    wrong:
      'for (let set = until - width; set >= until - (this.largest - atLeast + 1) * width; set -= width) {',
    foundBy: 'allocation/allocator.placement.test.ts',
    test: 'within a domain it takes the fullest node that holds it',
  },
  {
    name: 'a bucket is off by one',
    file: 'allocation/bit-buckets.ts',
    right: 'const here = (words[base + this.#members + word] as number) & (-1 << (from & 31))',
    wrong: 'const here = (words[base + this.#members + word] as number) & (-2 << (from & 31))',
    foundBy: 'allocation/bit-buckets.test.ts',
    test: 'answers as plain sets do',
  },
  {
    name: 'a summary is not told that its last word has become empty',
    file: 'allocation/bit-buckets.ts',
    right: 'words[top] = (words[top] as number) & ~(1 << ((word >>> 5) & 31))',
    wrong: '',
    foundBy: 'allocation/bit-buckets.test.ts',
    test: 'answers as plain sets do',
  },
  {
    name: 'nodes beyond the thirty-second of a domain change with those before them',
    file: 'allocation/node-sets.ts',
    right: 'const above = (until - 1) >>> 5 === word ? 31 - ((until - 1) & 31) : 0',
    wrong: 'const above = 0',
    ...HISTORY,
  },
  {
    name: 'what a node out of service gives back is thought free',
    file: 'allocation/free-index.ts',
    right: 'this.#note(domain, (strays - (end - node)) * each)',
    wrong: 'this.#note(domain, (node - end) * each)',
    ...HISTORY,
  },
  {
    name: 'only the last domain of a run is summed',
    file: 'allocation/free-index.ts',
    right: 'this.#settleDomain()\n      this.#changed = domain',
    wrong: 'this.#change = 0\n      this.#changed = domain',
    ...HISTORY,
  },
  {
    name: 'a domain that has become whole again is not counted',
    file: 'allocation/free-index.ts',
    right: 'else if (after === capacity) this.#changeWhole(block, 1)',
    wrong: '',
    ...HISTORY,
  },
  {
    name: 'a stretch of other domains goes on with the one before',
    file: 'allocation/stretches.ts',
    right: 'before.sets.nodesPerDomain !== nodes ||',
    wrong: '',
    foundBy: 'allocation/free-index.test.ts',
    test: 'counts, buckets and their order are those of a pool looked through from end to end',
  },
  {
    name: 'what is filled last goes before what is filled first',
    file: 'allocation/fill-domain.ts',
    right: 'if (few < alike) break',
    wrong: 'if (few <= alike) break',
    ...HISTORY,
  },
  {
    name: 'a domain is taken twice by one gang',
    file: 'allocation/spread.ts',
    right: 'this.#index.marks.mark(domain)',
    wrong: '',
    ...HISTORY,
  },
]
