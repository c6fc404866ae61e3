import { NativeSelect } from '@mantine/core'
import { listTenants } from '@offtake/contract/api/tenant-routes'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { reading } from '../../api/call.ts'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Page } from '../../parts/page.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import { Windows } from '../windows/windows.tsx'
import { ALL_POOLS, branchesOf, holdingOf } from './tenant-tree.ts'
import { treeColumns } from './tree-columns.tsx'

const { useSearch, useNavigate } = getRouteApi('/tenants')

/** Who owns, uses, borrows and lends what. */
export function TenantsPage() {
  const search = useSearch()
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery(reading(listTenants, {}))
  const { pool = ALL_POOLS } = search
  const folded = new Set(search.folded?.split(',').filter(Boolean))
  const tenants = data?.items ?? []
  const whole = Math.max(
    1,
    ...tenants.map((tenant) => Math.max(holdingOf(tenant, pool).owned, holdingOf(tenant, pool).used)),
  )
  const fold = (id: string): void => {
    const next = folded.has(id) ? [...folded].filter((one) => one !== id) : [...folded, id]
    const { folded: _, ...kept } = search
    const said = next.join(',')
    void navigate({ search: said === '' ? kept : { ...kept, folded: said }, replace: true })
  }
  return (
    <Page
      title="Tenants"
      about="Who owns, uses, lends and borrows what; each counted with all that are below it."
    >
      <PoolFilter
        pool={pool}
        pools={[...new Set(tenants.flatMap(({ holdings }) => holdings.map((one) => one.pool)))]}
        onChoose={(chosen) => {
          const { pool: _, ...kept } = search
          void navigate({ search: chosen === ALL_POOLS ? kept : { ...kept, pool: chosen } })
        }}
      />
      {error ? (
        <Failure error={error} again={refetch} />
      ) : (
        <DataTable
          label="Tenants"
          columns={treeColumns({ pool, whole, fold })}
          rows={data && branchesOf(tenants, folded)}
          keyOf={({ tenant: { id } }) => id}
          onOpen={({ tenant: { id } }) => void navigate({ to: '/tenants/$id', params: { id } })}
          empty={
            <Empty title="There are no tenants">They are stated in offtake.yaml of the portfolio.</Empty>
          }
        />
      )}
      <Windows />
    </Page>
  )
}

interface PoolFilterProps {
  readonly pool: string
  readonly pools: readonly string[]
  readonly onChoose: (pool: string) => void
}

function PoolFilter({ pool, pools, onChoose }: PoolFilterProps) {
  const others = [...new Set([...pools, pool])].filter((one) => one !== ALL_POOLS)
  return (
    <NativeSelect
      label="Of which pool"
      w="fit-content"
      value={pool}
      data={[
        { value: ALL_POOLS, label: 'all pools together' },
        ...others.map((id) => ({ value: id, label: id })),
      ]}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  )
}
