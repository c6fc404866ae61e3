import type { PlantedBug } from '../planted-bug.ts'

/** Wrong answers to who sits where. */
export const HOLDER_BUGS: readonly PlantedBug[] = [
  {
    name: 'a failed node takes those beside it along',
    file: 'allocation/node-holders.ts',
    right: '(firsts[i] as number) < until && first < (untils[i] as number)',
    wrong: '(firsts[i] as number) <= until && first < (untils[i] as number)',
    foundBy: 'allocation/allocator.supply.test.ts',
    test: 'gangs on other nodes go on',
  },
  {
    name: 'a gang that left is still listed where its last run ends',
    file: 'allocation/node-holders.ts',
    right: 'at <= last; at++) takeOut',
    wrong: 'at < last; at++) takeOut',
    foundBy: 'allocation/node-holders.test.ts',
    test: 'whoever sits on a stretch of nodes is named once',
  },
  {
    name: 'those that a failure stops are told in the order in which they came to sit there',
    file: 'allocation/node-holders.ts',
    right: '[...new Set(found)].sort(byEnd)',
    wrong: '[...new Set(found)]',
    foundBy: 'allocation/node-holders.test.ts',
    test: 'by end and then by submission',
  },
]
