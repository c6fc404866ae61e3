import type { PlantedBug } from '../planted-bug.ts'

/** Of what could never start. */
export const PROSPECT_BUGS: readonly PlantedBug[] = [
  {
    name: 'quotas that were changed go on deciding what could never start',
    file: 'allocation/prospects.ts',
    right: 'if (this.#tenants !== tenants) {',
    wrong: 'if (this.#tenants.length === 0) {',
    foundBy: 'allocation/prospects.test.ts',
    test: 'by the tenants that are named now, not by those before',
  },
  {
    name: 'what may be borrowed is forgotten where it is asked what could never start',
    file: 'allocation/prospects.ts',
    right: 'accelerators) === 0 ||\n      this.#empty.mayBorrow(tenant, pool, accelerators)',
    wrong: 'accelerators) === 0',
    foundBy: 'allocation/prospects.test.ts',
    test: 'where its tenant may never hold so much, borrowed or not',
  },
]
