import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Tenant } from '../demand/tenant.ts'
import { aTenant } from '../testing/scene.ts'
import { Accounts } from './accounts.ts'
import type { Part } from './events.ts'
import {
  borrowedFor,
  type Holding,
  heldByItself,
  limitsPassed,
  owedTo,
  ownRoomOf,
} from './invariants/quota-rules.ts'
import { Recount } from './invariants/recount.ts'

const POOLS = ['left', 'right']
const IDS = ['a', 'b', 'c', 'd', 'e']

function part(poolId: string, accelerators: number): Part {
  return { role: 'worker', poolId, runs: [{ first: 0, nodes: 1, each: accelerators }], cpuCores: 0 }
}

const quotas = fc.dictionary(fc.constantFrom('*', ...POOLS), fc.nat(12), { noNullPrototype: true })

/** Parents come before or after their children in the list. */
const tenants: fc.Arbitrary<Tenant[]> = fc
  .array(fc.record({ quotas, above: fc.nat(9), limit: fc.option(fc.nat(8), { nil: undefined }) }), {
    minLength: 1,
    maxLength: IDS.length,
  })
  .chain((drawn) => {
    const named = drawn.map(({ quotas: owned, above, limit }, n) => {
      const parent = above < n ? { parent: IDS[above] ?? '' } : {}
      return aTenant(IDS[n] ?? '', owned, {
        ...parent,
        ...(limit === undefined ? {} : { borrowLimit: limit }),
      })
    })
    return fc.shuffledSubarray(named, { minLength: named.length })
  })

const parts = fc.array(
  fc.tuple(fc.constantFrom(...POOLS), fc.nat(9)).map(([poolId, count]) => part(poolId, count)),
  { minLength: 1, maxLength: 3 },
)

const holding = fc.record({ tenant: fc.constantFrom(...IDS), parts })

/** Accounts that were charged for the holdings, with the same in plain lists. */
function charged(
  tree: readonly Tenant[],
  holdings: readonly Holding[],
): { accounts: Accounts; recount: Recount } {
  const accounts = new Accounts()
  accounts.set(tree)
  for (const held of holdings) accounts.chargeParts(held.tenant, held.parts, 1)
  const recount = new Recount()
  recount.tenants = tree
  return { accounts, recount }
}

describe('against the whole tree, counted anew at every question', () => {
  test('what tenants hold, and what they may take of their own', () => {
    fc.assert(
      fc.property(tenants, fc.array(holding, { maxLength: 8 }), (tree, holdings) => {
        const { accounts, recount } = charged(tree, holdings)
        for (const { id } of tree) {
          for (const pool of POOLS) {
            expect(accounts.used(id, pool)).toBe(heldByItself(holdings, id, pool))
            if (accounts.hasQuotas)
              expect(accounts.ownRoom(id, pool)).toBe(ownRoomOf(recount, holdings, id, pool))
          }
        }
      }),
    )
  })

  test('what a gang would borrow, and whether all limits allow it', () => {
    fc.assert(
      fc.property(tenants, fc.array(holding, { maxLength: 8 }), holding, (tree, holdings, next) => {
        const { accounts, recount } = charged(tree, holdings)
        const { borrowed, isAllowed } = accounts.borrowingOf(next.tenant, next.parts)
        expect(borrowed).toBe(borrowedFor(recount, holdings, next.tenant, next.parts))
        expect(isAllowed).toBe(!passesALimit(recount, holdings, next))
        expect(accounts.ownRoom(next.tenant, 'left')).toBe(
          charged(tree, holdings).accounts.ownRoom(next.tenant, 'left'),
        )
      }),
    )
  })

  test('what an owner may ask back', () => {
    fc.assert(
      fc.property(tenants, fc.array(holding, { maxLength: 8 }), (tree, holdings) => {
        const { accounts, recount } = charged(tree, holdings)
        for (const owner of tree) {
          for (const tenant of IDS) {
            const expected = owedTo(recount, holdings, owner.id, tenant, 'left')
            expect(Math.max(0, accounts.owedTo(owner.id, tenant, 'left'))).toBe(Math.max(0, expected))
          }
        }
      }),
    )
  })

  test('what is given back leaves no trace', () => {
    fc.assert(
      fc.property(
        tenants,
        fc.array(holding, { maxLength: 6 }),
        fc.array(holding, { maxLength: 6 }),
        (tree, stay, go) => {
          const { accounts } = charged(tree, [...go, ...stay])
          for (const { tenant, parts: held } of go) accounts.chargeParts(tenant, held, -1)
          const expected = charged(tree, stay).accounts
          for (const id of IDS) {
            for (const pool of POOLS) {
              expect(accounts.ownRoom(id, pool)).toBe(expected.ownRoom(id, pool))
              expect(accounts.used(id, pool)).toBe(expected.used(id, pool))
            }
          }
        },
      ),
    )
  })
})

function passesALimit(recount: Recount, holdings: readonly Holding[], next: Holding): boolean {
  const held = [...holdings]
  return next.parts.some((each) => {
    const borrowed = borrowedFor(recount, held, next.tenant, [each])
    held.push({ tenant: next.tenant, parts: [each] })
    return borrowed > 0 && limitsPassed(recount, held, next.tenant, each.poolId).length > 0
  })
}

test('anyone is known where no tenants were named, and only those named otherwise', () => {
  const accounts = new Accounts()
  expect(accounts.knows('anyone')).toBe(true)
  accounts.set([aTenant('lab', 1)])
  expect([accounts.knows('lab'), accounts.knows('anyone')]).toEqual([true, false])
})
