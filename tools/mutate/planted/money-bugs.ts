import type { PlantedBug } from '../planted-bug.ts'

/** Wrong counts of what is used of each grant and take. */
export const MONEY_BUGS: readonly PlantedBug[] = [
  {
    name: 'what is paid for anyway does not serve first',
    file: 'allocation/money/price-tiers.ts',
    right: 'width: each.grant.paidAnyway }))',
    wrong: 'width: 0 }))',
    foundBy: 'allocation/money/money-ledger.test.ts',
    test: 'use is counted towards what is paid anyway first',
  },
  {
    name: 'use beyond a commitment carries over though nobody agreed to it',
    file: 'allocation/money/take-meter.ts',
    right: 'this.take.carries && over > 0n',
    wrong: 'over > 0n',
    foundBy: 'allocation/money/money-ledger.test.ts',
    test: 'counts towards the next where that was agreed',
  },
  {
    name: 'an interval of a take begins with what the last one left',
    file: 'allocation/money/take-meter.ts',
    right: 'this.drawn = 0n\n      this.#at += 1',
    wrong: 'this.#at += 1',
    foundBy: 'allocation/money/money-ledger.test.ts',
    test: 'anew in each interval',
  },
]
