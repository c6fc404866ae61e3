import { expect, test } from 'vitest'
import { promisedQuotas } from './promised-quotas.ts'
import type { Tenant } from './tenant.ts'

function aTenant(id: string, quota: number, parent?: string): Tenant {
  const quotas = quota > 0 ? [{ pool: 'main', accelerators: quota }] : []
  return { id, name: id, quotas, ...(parent === undefined ? {} : { parent }) }
}

test('what one above owns includes what it gives to those below, and is at least their sum', () => {
  const tenants = [aTenant('c', 8, 'b'), aTenant('a', 0), aTenant('b', 4, 'a'), aTenant('d', 2, 'a')]
  expect([...promisedQuotas(tenants)]).toEqual([['main', 10]])
  expect([...promisedQuotas([...tenants, aTenant('e', 5)])]).toEqual([['main', 15]])
  const roomy = tenants.map((tenant) => (tenant.id === 'a' ? aTenant('a', 64) : tenant))
  expect([...promisedQuotas(roomy)]).toEqual([['main', 64]])
})
