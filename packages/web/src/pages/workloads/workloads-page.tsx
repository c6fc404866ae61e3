import { Button, Stack } from '@mantine/core'
import { listJobs, submitJob } from '@offtake/contract/api/job-routes'
import { IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { reading } from '../../api/call.ts'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Page } from '../../parts/page.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import { Pager } from '../../parts/table/pager.tsx'
import { useMay } from '../../session/session.ts'
import { jobColumns } from './job-columns.tsx'
import { StateTabs } from './state-tabs.tsx'
import { WorkloadFilters } from './workload-filters.tsx'
import type { WorkloadsSearch } from './workloads-search.ts'

const { useSearch, useNavigate } = getRouteApi('/workloads')

/** The queue, what runs and what has run. */
export function WorkloadsPage() {
  const search = useSearch()
  const navigate = useNavigate()
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...reading(listJobs, { query: search }),
    placeholderData: keepPreviousData,
  })
  const show = (next: WorkloadsSearch) => void navigate({ search: next })
  return (
    <Page
      title="Workloads"
      about="What waits and why, what runs and where, and what has run."
      actions={<SubmitLink />}
    >
      <Stack gap="md">
        <StateTabs state={search.state} onChoose={(state) => show(firstPage(search, { state }))} />
        <WorkloadFilters search={search} onChange={(said) => show(firstPage(search, said))} />
      </Stack>
      {error ? (
        <Failure error={error} again={refetch} />
      ) : (
        <DataTable
          label="Jobs"
          columns={jobColumns(search.state)}
          rows={isPlaceholderData && data?.items.length === 0 ? undefined : data?.items}
          keyOf={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: '/workloads/$id', params: { id } })}
          empty={<NoJobs search={search} />}
          footer={
            <Pager
              shown={data?.items.length ?? 0}
              isFirst={search.cursor === undefined}
              next={data?.next}
              onGo={(cursor) => show(firstPage(search, cursor === undefined ? {} : { cursor }))}
            />
          }
        />
      )}
    </Page>
  )
}

/** What the address says, changed in part, and from its first page on unless another is named. */
function firstPage(search: WorkloadsSearch, said: Loose): WorkloadsSearch {
  const { cursor: _, ...kept } = search
  const next = Object.entries({ ...kept, ...said }).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(next) as WorkloadsSearch
}

type Loose = { readonly [field in keyof WorkloadsSearch]?: WorkloadsSearch[field] | undefined }

function SubmitLink() {
  if (!useMay(submitJob)) return null
  return (
    <Button
      component={Link}
      to="/workloads/submit"
      variant="default"
      leftSection={<IconPlus size={16} stroke={1.6} />}
    >
      Submit a job
    </Button>
  )
}

function NoJobs({ search: { state, cursor: _, ...filters } }: { readonly search: WorkloadsSearch }) {
  const maySubmit = useMay(submitJob)
  if (Object.keys(filters).length > 0)
    return <Empty title="No job is like that">Change what is looked for, or leave it empty.</Empty>
  if (state === 'waiting')
    return <Empty title="Nothing waits">Every job that was submitted has found its place.</Empty>
  return (
    <Empty title={state === undefined ? 'No job was submitted yet' : 'There is none of these'}>
      {maySubmit && (
        <>
          <Link to="/workloads/submit">Submit one</Link>, and see at once where it starts or why it waits.
        </>
      )}
    </Empty>
  )
}
