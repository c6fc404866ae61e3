import { Group, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { listPools } from '@offtake/contract/api/pool-routes'
import { listTenants } from '@offtake/contract/api/tenant-routes'
import { useQuery } from '@tanstack/react-query'
import { reading } from '../../api/call.ts'
import { useMay } from '../../session/session.ts'
import type { WorkloadsSearch } from './workloads-search.ts'

type Said = { readonly [field in keyof WorkloadsSearch]?: WorkloadsSearch[field] | undefined }

interface WorkloadFiltersProps {
  readonly search: WorkloadsSearch
  readonly onChange: (said: Said) => void
}

const TYPING_MS = 300

const ENDS = [
  { value: '', label: 'any end' },
  { value: 'finished', label: 'finished' },
  { value: 'cancelled', label: 'cancelled' },
  { value: 'failed', label: 'failed' },
]

/** By tenant, pool, name, time and how they ended. */
export function WorkloadFilters({ search, onChange }: WorkloadFiltersProps) {
  const { state, tenant = '', pool = '', name = '', after = '', before = '' } = search
  const typed = useDebouncedCallback((said: Said) => onChange(said), TYPING_MS)
  const tenants = useTenants()
  const pools = usePools()
  const hasEnded = state !== undefined && state !== 'waiting' && state !== 'running'
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        key={name === '' ? 'none' : 'some'}
        label="Name begins with"
        defaultValue={name}
        onChange={(event) => typed({ name: event.currentTarget.value.trim() })}
      />
      <NativeSelect
        label="Tenant"
        data={options('all tenants', tenants, tenant)}
        value={tenant}
        onChange={(event) => onChange({ tenant: event.currentTarget.value })}
      />
      {pools.length > 0 && (
        <NativeSelect
          label="Pool"
          data={options('all pools', pools, pool)}
          value={pool}
          onChange={(event) => onChange({ pool: event.currentTarget.value })}
        />
      )}
      {hasEnded && (
        <NativeSelect
          label="How it ended"
          data={ENDS}
          value={state === 'ended' ? '' : state}
          onChange={(event) =>
            onChange({ state: (event.currentTarget.value || 'ended') as WorkloadsSearch['state'] })
          }
        />
      )}
      <TextInput
        label="Submitted from (UTC)"
        type="date"
        value={after}
        onChange={(event) => onChange({ after: event.currentTarget.value })}
      />
      <TextInput
        label="Before (UTC)"
        type="date"
        value={before}
        onChange={(event) => onChange({ before: event.currentTarget.value })}
      />
    </Group>
  )
}

/** One of them is in the address, whether the server has it or not. */
function options(all: string, ids: readonly string[], chosen: string) {
  const known = chosen === '' || ids.includes(chosen) ? ids : [chosen, ...ids]
  return [{ value: '', label: all }, ...known.map((id) => ({ value: id, label: id }))]
}

function useTenants(): readonly string[] {
  const { data } = useQuery(reading(listTenants, {}))
  return data?.items.map(({ id }) => id) ?? []
}

function usePools(): readonly string[] {
  const isAllowed = useMay(listPools)
  const { data } = useQuery({ ...reading(listPools, { query: { limit: 500 } }), enabled: isAllowed })
  return data?.items.map(({ id }) => id) ?? []
}
