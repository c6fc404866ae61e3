import { Button, Group, SegmentedControl, Select } from '@mantine/core'
import { addAgreement, listAgreements } from '@offtake/contract/api/agreement-routes'
import { listCommitments } from '@offtake/contract/api/finance-routes'
import { IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { reading } from '../../api/call.ts'
import { burnedByAgreement } from '../../parts/burned.ts'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Page } from '../../parts/page.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import { Pager } from '../../parts/table/pager.tsx'
import { useMay } from '../../session/session.ts'
import { agreementColumns } from './agreement-columns.tsx'
import { type AgreementsSearch, STATES } from './agreements-search.ts'
import { WaitingNote } from './waiting-note.tsx'

const { useSearch, useNavigate } = getRouteApi('/agreements')

const MOST = 500

/** What was signed, what is to be signed, and how much of each commitment is burned. */
export function AgreementsPage() {
  const search = useSearch()
  const navigate = useNavigate()
  const mayAdd = useMay(addAgreement)
  const mayCharges = useMay(listCommitments)
  const { data, error, refetch } = useQuery({
    ...reading(listAgreements, { query: search }),
    placeholderData: keepPreviousData,
  })
  const commitments = useQuery({
    ...reading(listCommitments, { query: { limit: MOST } }),
    enabled: mayCharges && (data?.items.length ?? 0) > 0,
  })
  const burned = useMemo(() => burnedByAgreement(commitments.data?.items ?? []), [commitments.data])
  const columns = useMemo(() => agreementColumns(mayCharges ? burned : undefined), [burned, mayCharges])
  const isFiltered = search.state !== undefined || search.provider !== undefined
  return (
    <Page
      title="Agreements"
      about="Who promised how many accelerators, from when on, and what of it is committed, burned and at risk."
      actions={
        mayAdd && (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} stroke={1.6} />}
            renderRoot={(props) => <Link to="/agreements/new" {...props} />}
          >
            Add an agreement
          </Button>
        )
      }
    >
      <WaitingNote />
      <Filters search={search} />
      {error ? (
        <Failure error={error} again={refetch} />
      ) : (
        <DataTable
          label="Agreements"
          columns={columns}
          rows={data?.items}
          keyOf={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: '/agreements/$id', params: { id } })}
          empty={isFiltered ? <NoneLikeThat /> : <NoAgreements />}
          footer={
            <Pager
              shown={data?.items.length ?? 0}
              isFirst={search.cursor === undefined}
              next={data?.next}
              onGo={(cursor) => void navigate({ search: withCursor(search, cursor) })}
            />
          }
        />
      )}
    </Page>
  )
}

function Filters({ search }: { readonly search: AgreementsSearch }) {
  const navigate = useNavigate()
  const { data } = useQuery(reading(listAgreements, { query: { limit: MOST } }))
  const providers = [...new Set(data?.items.map(({ provider }) => provider))].sort()
  const { cursor: _, ...kept } = search
  if (providers.length === 0) return null
  return (
    <Group gap="md" align="flex-end">
      <SegmentedControl
        aria-label="State"
        value={search.state ?? 'all'}
        data={[{ value: 'all', label: 'All' }, ...STATES.map((state) => ({ value: state, label: state }))]}
        onChange={(value) => {
          const { state: __, ...others } = kept
          const state = STATES.find((one) => one === value)
          void navigate({ search: state ? { ...others, state } : others })
        }}
      />
      <Select
        aria-label="Provider"
        placeholder="Every provider"
        clearable
        searchable
        w={210}
        data={providers}
        value={search.provider ?? null}
        onChange={(provider) => {
          const { provider: __, ...others } = kept
          void navigate({ search: provider === null ? others : { ...others, provider } })
        }}
      />
    </Group>
  )
}

function withCursor({ cursor: _, ...kept }: AgreementsSearch, cursor: string | undefined): AgreementsSearch {
  return cursor === undefined ? kept : { ...kept, cursor }
}

function NoneLikeThat() {
  return (
    <Empty title="No agreement is like that">
      <Link to="/agreements">Show all of them</Link>
    </Empty>
  )
}

function NoAgreements() {
  return (
    <Empty title="No agreement yet">
      Bring a whole portfolio with <code>offtake import DIR</code>, or{' '}
      <Link to="/agreements/new">add one here</Link>. <code>offtake init</code> writes a folder to begin with.
    </Empty>
  )
}
