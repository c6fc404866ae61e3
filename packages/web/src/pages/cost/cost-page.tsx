import { SegmentedControl } from '@mantine/core'
import { listCommitments, listObligations } from '@offtake/contract/api/finance-routes'
import { listMonthlyCharges } from '@offtake/contract/api/usage-routes'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { reading } from '../../api/call.ts'
import { ProblemError } from '../../api/problem-error.ts'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Note } from '../../parts/note.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { useNow } from '../../parts/use-now.ts'
import { useMay } from '../../session/session.ts'
import { BurnDown } from './burn-down.tsx'
import { CostFigures } from './cost-figures.tsx'
import { monthText, SPLITS } from './cost-search.ts'
import { MonthBars } from './month-bars.tsx'
import { MonthCharges } from './month-charges.tsx'
import { Obligations } from './obligations.tsx'

const { useSearch, useNavigate } = getRouteApi('/cost')

const MOST = 500

/** What the agreements charge, how commitments burn down, and what is owed whatever happens. */
export function CostPage() {
  const { by = 'provider', month, agreement } = useSearch()
  const now = useNow()
  const mayCharges = useMay(listMonthlyCharges)
  const obligations = useQuery(reading(listObligations, { query: { limit: MOST } }))
  const commitments = useQuery({
    ...reading(listCommitments, { query: { limit: MOST } }),
    enabled: mayCharges,
  })
  const shown = month ?? monthText(now)
  if (obligations.error instanceof ProblemError && obligations.error.problem.code === 'notFound')
    return <NoPortfolio />
  return (
    <Page
      title="Cost"
      about="What the agreements charge month by month, how much of each commitment is burned, and what is owed whatever happens."
    >
      <CostFigures month={shown} mayCharges={mayCharges} obligations={obligations.data} />
      {mayCharges ? (
        <>
          <ByMonth by={by} month={shown} />
          <MonthCharges month={shown} />
          <Section
            title="Burn-down of commitments"
            about="What of each commitment is left, as it was bought and is foreseen."
          >
            <BurnDown data={commitments.data} agreement={agreement} />
          </Section>
        </>
      ) : (
        <Note tone="accent">What is charged is shown to finance, planners and approvers.</Note>
      )}
      <Section title="Obligations" about="What is owed whatever is used, from now on, by how far away it is.">
        {obligations.error ? (
          <Failure error={obligations.error} again={obligations.refetch} />
        ) : (
          <Obligations data={obligations.data} />
        )}
      </Section>
    </Page>
  )
}

function ByMonth({ by, month }: { readonly by: (typeof SPLITS)[number]; readonly month: string }) {
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery({
    ...reading(listMonthlyCharges, { query: { by } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Section
      title="Charges by month"
      about="Over the horizon of the portfolio. Choose a month to see what it is made of."
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Apart by"
          value={by}
          data={[...SPLITS]}
          onChange={(value) => {
            const next = SPLITS.find((one) => one === value)
            void navigate({ search: (was) => ({ ...was, ...(next ? { by: next } : {}) }), replace: true })
          }}
        />
      }
    >
      {error ? (
        <Failure error={error} again={refetch} />
      ) : (
        <MonthBars
          data={data}
          month={month}
          onMonth={(chosen) => void navigate({ search: (was) => ({ ...was, month: chosen }), replace: true })}
        />
      )}
      {data && data.missing.length > 0 && (
        <Note tone="caution">What these sums lack: {data.missing.join('; ')}.</Note>
      )}
    </Section>
  )
}

function NoPortfolio() {
  return (
    <Page title="Cost">
      <Empty title="Nothing is charged yet">
        Bring a portfolio with <code>offtake import DIR</code>, or{' '}
        <Link to="/agreements/new">add an agreement</Link>.
      </Empty>
    </Page>
  )
}
