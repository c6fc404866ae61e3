import { z } from 'zod'
import { accelerators } from '../portfolio/accelerators.ts'
import { identifier, words } from '../portfolio/identifier.ts'
import { asked } from './approval-routes.ts'
import { READERS } from './role.ts'
import { route } from './route.ts'

/** What a tenant has of one pool, with all tenants below it; `*` is all pools together. */
const holding = z.object({
  pool: z.string(),
  owned: z.number().describe('its own by quota, what it gave to those below it included'),
  used: z.number(),
  borrowed: z.number().describe('used beyond its own'),
  lent: z
    .number()
    .describe('of its own, what it does not use and could not have at once, since others hold it'),
})

/** A tenant as the allocator has it now. */
const tenantView = z.object({
  id: z.string(),
  name: z.string(),
  parent: z.string().nullable().describe('the tenant above it, as far as that may be seen'),
  borrowLimit: z.number().nullable(),
  weight: z.number().nullable(),
  quotas: z.array(z.object({ pool: z.string(), accelerators: z.number() })),
  holdings: z.array(holding),
})

export type TenantView = z.output<typeof tenantView>

export const listTenants = route({
  id: 'listTenants',
  method: 'GET',
  path: '/v1/tenants',
  about: 'Tenants, each after the one above it. A tenant sees itself and those below it.',
  may: [...READERS, 'tenant'],
  answer: z.object({ items: z.array(tenantView) }),
})

export const showTenant = route({
  id: 'showTenant',
  method: 'GET',
  path: '/v1/tenants/{id}',
  about: 'One tenant. The ETag is the version of the settings, by which a quota is changed.',
  may: [...READERS, 'tenant'],
  params: z.strictObject({ id: identifier }),
  answer: tenantView,
})

export const setQuota = route({
  id: 'setQuota',
  method: 'PUT',
  path: '/v1/tenants/{id}/quota',
  about: 'Sets what of a pool is a tenant’s own, in the settings and in the allocator at once.',
  may: ['planner'],
  params: z.strictObject({ id: identifier }),
  body: z.strictObject({
    pool: words.max(1_000).describe("a pool, or '*' for all of them together"),
    accelerators,
  }),
  answer: z.union([tenantView, asked]),
  needsMatch: true,
})
