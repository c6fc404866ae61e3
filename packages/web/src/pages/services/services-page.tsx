import { Button, NativeSelect } from '@mantine/core'
import { applyService, listServices } from '@offtake/contract/api/served-routes'
import type { ServiceView } from '@offtake/contract/api/service'
import { listTenants } from '@offtake/contract/api/tenant-routes'
import { IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { reading } from '../../api/call.ts'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { countText } from '../../parts/number-text.ts'
import { Page } from '../../parts/page.tsx'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'
import { Pager } from '../../parts/table/pager.tsx'
import { useMay } from '../../session/session.ts'
import { Replicas } from './replicas.tsx'

const { useSearch, useNavigate } = getRouteApi('/services')

/** What serves, and whether as much of it runs as is wanted. */
export function ServicesPage() {
  const search = useSearch()
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery({
    ...reading(listServices, { query: search }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title="Services"
      about="What serves around the clock: how many replicas are wanted, run, wait and drain."
      actions={<NewService />}
    >
      <TenantFilter
        tenant={search.tenant ?? ''}
        onChoose={(tenant) => void navigate({ search: tenant === '' ? {} : { tenant } })}
      />
      {error ? (
        <Failure error={error} again={refetch} />
      ) : (
        <DataTable
          label="Services"
          columns={COLUMNS}
          rows={data?.items}
          keyOf={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: '/services/$id', params: { id } })}
          empty={
            <Empty title="Nothing is served">
              A service is stated in the portfolio, or applied here: so many replicas, or as many as a series
              says.
            </Empty>
          }
          footer={
            <Pager
              shown={data?.items.length ?? 0}
              isFirst={search.cursor === undefined}
              next={data?.next}
              onGo={(cursor) => {
                const { cursor: _, ...kept } = search
                void navigate({ search: cursor === undefined ? kept : { ...kept, cursor } })
              }}
            />
          }
        />
      )}
    </Page>
  )
}

function NewService() {
  if (!useMay(applyService)) return null
  return (
    <Button
      component={Link}
      to="/services/apply"
      variant="default"
      leftSection={<IconPlus size={16} stroke={1.6} />}
    >
      New service
    </Button>
  )
}

interface TenantFilterProps {
  readonly tenant: string
  readonly onChoose: (tenant: string) => void
}

function TenantFilter({ tenant, onChoose }: TenantFilterProps) {
  const { data } = useQuery(reading(listTenants, {}))
  const ids = data?.items.map(({ id }) => id) ?? []
  const known = tenant === '' || ids.includes(tenant) ? ids : [tenant, ...ids]
  return (
    <NativeSelect
      label="Tenant"
      w="fit-content"
      value={tenant}
      data={[{ value: '', label: 'all tenants' }, ...known.map((id) => ({ value: id, label: id }))]}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  )
}

const COLUMNS: readonly Column<ServiceView>[] = [
  {
    key: 'id',
    title: 'Service',
    cell: ({ id }) => (
      <Link to="/services/$id" params={{ id }} tabIndex={-1}>
        {id}
      </Link>
    ),
  },
  { key: 'tenant', title: 'Tenant', isMinor: true, cell: ({ tenant }) => tenant },
  { key: 'replicas', title: 'Of what is wanted', cell: (service) => <Replicas service={service} /> },
  { key: 'wanted', title: 'Wanted', isNumber: true, cell: ({ wanted }) => countText(wanted) },
  { key: 'running', title: 'Running', isNumber: true, cell: ({ running }) => countText(running) },
  { key: 'waiting', title: 'Waiting', isNumber: true, cell: ({ waiting }) => countText(waiting) },
  { key: 'draining', title: 'Draining', isNumber: true, cell: ({ draining }) => countText(draining) },
  {
    key: 'accelerators',
    title: 'Accelerators held',
    isNumber: true,
    isMinor: true,
    cell: ({ running, draining, accelerators }) => countText((running + draining) * accelerators),
  },
  {
    key: 'follows',
    title: 'Follows',
    isMinor: true,
    cell: ({ follows, source }) =>
      `${follows === 'demand' ? 'demand' : 'a number'}${source === 'portfolio' ? ', of the portfolio' : ''}`,
  },
]
