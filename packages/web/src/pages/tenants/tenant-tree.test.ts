import type { TenantView } from '@offtake/contract/api/tenant-routes'
import { expect, test } from 'vitest'
import { branchesOf, holdingOf, siblingsOf, withBelow } from './tenant-tree.ts'

function tenant(id: string, parent: string | null = null): TenantView {
  return { id, name: id, parent, borrowLimit: null, weight: null, quotas: [], holdings: [] }
}

const TENANTS = [
  tenant('lab'),
  tenant('site'),
  tenant('research', 'lab'),
  tenant('sweeps', 'research'),
  tenant('safety', 'lab'),
]

const shape = (folded: string[] = []) =>
  branchesOf(TENANTS, new Set(folded)).map(({ tenant: { id }, depth }) => `${' '.repeat(depth)}${id}`)

test('each tenant stands below the one above it, and what is folded is not shown', () => {
  expect(shape()).toEqual(['lab', ' research', '  sweeps', ' safety', 'site'])
  expect(shape(['research'])).toEqual(['lab', ' research', ' safety', 'site'])
  expect(shape(['lab'])).toEqual(['lab', 'site'])
})

test('one whose parent may not be seen stands at the top', () => {
  expect(branchesOf([tenant('sweeps', 'research')], new Set()).map(({ depth }) => depth)).toEqual([0])
})

test('siblings share a parent, and a tenant is counted with all below it', () => {
  expect(siblingsOf(TENANTS, 'research').map(({ id }) => id)).toEqual(['research', 'safety'])
  expect([...withBelow(TENANTS, 'lab')]).toEqual(['lab', 'research', 'sweeps', 'safety'])
})

test('of all pools a tenant has what it has of each, unless its quota is of all of them', () => {
  const holding = (pool: string, owned: number, used: number) => ({
    pool,
    owned,
    used,
    borrowed: Math.max(0, used - owned),
    lent: 0,
  })
  const single = { holdings: [holding('*', 0, 20), holding('a', 16, 12), holding('b', 4, 8)] }
  expect(holdingOf(single, '*')).toEqual({ pool: '*', owned: 20, used: 20, borrowed: 4, lent: 0 })
  const whole = { holdings: [holding('*', 30, 20), holding('a', 0, 20)] }
  expect(holdingOf(whole, '*')).toMatchObject({ owned: 30, borrowed: 0 })
})
