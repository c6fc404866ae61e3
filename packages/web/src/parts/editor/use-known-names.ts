import { listPools } from '@offtake/contract/api/pool-routes'
import { listTenants } from '@offtake/contract/api/tenant-routes'
import { listWindows } from '@offtake/contract/api/window-routes'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { reading } from '../../api/call.ts'
import { useMay } from '../../session/session.ts'
import type { KnownNames } from './yaml-suggestions.ts'

const MANY = { query: { limit: 500 } }

/** Names of what is there, by the key under which requests have them; nothing until they are read. */
export function useKnownNames(): KnownNames | undefined {
  const maySeePools = useMay(listPools)
  const tenants = useQuery(reading(listTenants, {}))
  const pools = useQuery({ ...reading(listPools, MANY), enabled: maySeePools })
  const windows = useQuery(reading(listWindows, MANY))
  const isRead = !tenants.isPending && (!maySeePools || !pools.isPending)
  return useMemo(() => {
    if (!isRead) return undefined
    const hardware = [...new Set(pools.data?.items.map((pool) => pool.hardware))]
    return {
      tenant: tenants.data?.items.map(({ id }) => id) ?? [],
      hardware,
      accepts: hardware,
      pool: pools.data?.items.map(({ id }) => id) ?? [],
      window: windows.data?.items.map(({ id }) => id) ?? [],
    }
  }, [isRead, tenants.data, pools.data, windows.data])
}
