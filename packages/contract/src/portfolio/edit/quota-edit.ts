import { readYaml } from '../yaml-text.ts'
import { setInYaml } from './set-in-yaml.ts'

/** What of a pool is to be a tenant's own. */
export interface QuotaChange {
  readonly tenant: string
  readonly pool: string
  readonly accelerators: number
}

/** The settings with that quota; nothing where they have no such tenant, or do not allow it. */
export function withQuota(settings: string, { tenant, pool, accelerators }: QuotaChange): string | undefined {
  const read = readYaml('', settings)
  const tenants = read.ok ? (read.value.value as Loose).tenants : undefined
  const n = tenants?.findIndex(({ id }) => id === tenant) ?? -1
  if (n < 0) return undefined
  const item = `{ pool: ${JSON.stringify(pool)}, accelerators: ${accelerators} }`
  const quotas = tenants?.[n]?.quotas
  if (!quotas) return setInYaml(settings, ['tenants', n, 'quotas'], `[${item}]`)
  const at = quotas.findIndex((quota) => quota.pool === pool)
  return at < 0
    ? setInYaml(settings, ['tenants', n, 'quotas', quotas.length], item)
    : setInYaml(settings, ['tenants', n, 'quotas', at, 'accelerators'], String(accelerators))
}

/** Of checked settings, what is looked at. */
interface Loose {
  readonly tenants?: readonly {
    readonly id?: unknown
    readonly quotas?: readonly { readonly pool?: unknown }[]
  }[]
}
