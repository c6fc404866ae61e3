import { listTenants, setQuota, showTenant, type TenantView } from '@offtake/contract/api/tenant-routes'
import { SETTINGS_FILE } from '@offtake/contract/portfolio/contents'
import { withQuota } from '@offtake/contract/portfolio/edit/quota-edit'
import type { Actor } from '../access/actor.ts'
import { sees, tenantsFrom } from '../access/tenancy.ts'
import { orderOf } from '../engine/order.ts'
import type { FileSet } from '../portfolio/portfolio-store.ts'
import { tenantViews } from '../portfolio/tenant-view.ts'
import { notFound, Problem } from '../problem.ts'
import { orAsked } from './asked.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { etagOf, requireMatch } from './etag.ts'
import type { DeskContext } from './portfolio-routes.ts'

/** Tenants: who owns, uses, borrows and lends what, and what is their own. */
export function tenantRoutes({ engine, db, desk, reader }: DeskContext): Endpoint[] {
  const seenBy = (actor: Actor): TenantView[] => {
    const { state } = engine.allocator
    const ids = new Set(
      actor.tenant === undefined
        ? state.tenants.map(({ id }) => id)
        : tenantsFrom(actor.tenant, state.tenants),
    )
    return tenantViews(state, ids)
  }
  const show = async (id: string, actor: Actor) => {
    const view = sees(actor, id, () => engine.allocator.state.tenants)
      ? seenBy(actor).find((tenant) => tenant.id === id)
      : undefined
    if (!view) throw notFound('tenant', id)
    return { body: view, etag: etagOf(settingsVersion(await reader.files())) }
  }
  return [
    endpoint(listTenants, async ({ actor }) => ({ body: { items: seenBy(actor) } })),
    endpoint(showTenant, ({ params: { id }, actor }) => show(id, actor)),
    endpoint(setQuota, async ({ params: { id }, body, actor, key, match }) => {
      const { result } = await engine.submit(
        desk.change({
          ...orderOf(actor, key),
          action: 'quotaSet',
          target: id,
          asked: JSON.stringify([id, body]),
          change: (before) => {
            const settings = before.files.find(({ path }) => path === SETTINGS_FILE)
            if (!settings) throw notFound('tenant', id)
            requireMatch(match, settings.version)
            if (!engine.allocator.state.tenants.some((tenant) => tenant.id === id))
              throw notFound('tenant', id)
            const text = withQuota(settings.text, { ...body, tenant: id })
            if (text === undefined)
              throw new Problem(
                'conflict',
                `${SETTINGS_FILE} says this quota in a way that cannot be edited by itself`,
              )
            return new Map([[SETTINGS_FILE, text]])
          },
        }),
      )
      return orAsked(db, result, () => show(id, actor))
    }),
  ]
}

function settingsVersion({ files }: FileSet): number {
  return files.find(({ path }) => path === SETTINGS_FILE)?.version ?? 0
}
