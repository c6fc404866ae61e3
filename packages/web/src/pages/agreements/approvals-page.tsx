import { SegmentedControl } from '@mantine/core'
import { type ApprovalView, listApprovals } from '@offtake/contract/api/approval-routes'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { reading } from '../../api/call.ts'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Moment } from '../../parts/moment.tsx'
import { Page } from '../../parts/page.tsx'
import { StateMark } from '../../parts/state-mark.tsx'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'
import { Pager } from '../../parts/table/pager.tsx'
import { actionText, reasonText } from './action-texts.ts'
import { APPROVAL_STATES } from './agreements-search.ts'
import { APPROVAL_TONES } from './state-tones.ts'

const { useSearch, useNavigate } = getRouteApi('/agreements/approvals')

/** What one person asked for and another must approve. */
export function ApprovalsPage() {
  const search = useSearch()
  const { state = 'waiting', cursor } = search
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery({
    ...reading(listApprovals, { query: { state, ...(cursor === undefined ? {} : { cursor }) } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title="Approvals"
      about="What binds is signed, changed or exercised by two: one asks, another approves."
    >
      <div>
        <SegmentedControl
          aria-label="State"
          value={state}
          data={[...APPROVAL_STATES]}
          onChange={(value) => {
            const next = APPROVAL_STATES.find((one) => one === value)
            void navigate({ search: next && next !== 'waiting' ? { state: next } : {} })
          }}
        />
      </div>
      {error ? (
        <Failure error={error} again={refetch} />
      ) : (
        <DataTable
          label="Approvals"
          columns={COLUMNS}
          rows={data?.items}
          keyOf={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: '/agreements/approvals/$id', params: { id } })}
          empty={
            <Empty title={state === 'waiting' ? 'Nothing waits' : `Nothing was ${state}`}>
              Signing, amending or exercising an agreement asks for one here.{' '}
              <Link to="/agreements">Go to the agreements</Link>
            </Empty>
          }
          footer={
            <Pager
              shown={data?.items.length ?? 0}
              isFirst={cursor === undefined}
              next={data?.next}
              onGo={(next) => {
                const { cursor: _, ...kept } = search
                void navigate({ search: next === undefined ? kept : { ...kept, cursor: next } })
              }}
            />
          }
        />
      )}
    </Page>
  )
}

const COLUMNS: readonly Column<ApprovalView>[] = [
  {
    key: 'target',
    title: 'What',
    cell: ({ id, target, action }) => (
      <Link to="/agreements/approvals/$id" params={{ id }} tabIndex={-1}>
        {target}: {actionText(action)}
      </Link>
    ),
  },
  { key: 'why', title: 'Why two', isMinor: true, cell: ({ reasons }) => reasons.map(reasonText).join('; ') },
  { key: 'by', title: 'Asked by', cell: ({ askedBy }) => askedBy },
  { key: 'at', title: 'Asked', cell: ({ askedAt }) => <Moment at={askedAt} as="relative" /> },
  {
    key: 'state',
    title: 'State',
    cell: ({ state, stale }) =>
      stale && state === 'waiting' ? (
        <StateMark text="overtaken" tone="warn" />
      ) : (
        <StateMark text={state} tone={APPROVAL_TONES[state]} />
      ),
  },
  { key: 'decided', title: 'Decided by', isMinor: true, cell: ({ decidedBy }) => decidedBy ?? '–' },
]
