import { showAttention } from '@offtake/contract/api/attention-routes'
import { showCapacity } from '@offtake/contract/api/capacity-routes'
import { listCommitments } from '@offtake/contract/api/finance-routes'
import { listPools } from '@offtake/contract/api/pool-routes'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { reading } from '../../api/call.ts'
import { isAbsent } from '../../api/problem-error.ts'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { useMay } from '../../session/session.ts'
import { AllocatedChart } from './allocated-chart.tsx'
import { Attention } from './attention.tsx'
import { CapacityChart } from './capacity-chart.tsx'
import { Commitments } from './commitments.tsx'
import { KeyFigures } from './key-figures.tsx'
import { Providers } from './providers.tsx'
import { QueueHealth } from './queue-health.tsx'

const WHOLE_LIST = { limit: 500 } as const

/** What we have, what is done with it, what it binds us to, and what needs somebody now. */
export function OverviewPage() {
  const maySeeMoney = useMay(listCommitments)
  const pools = useQuery(reading(listPools, { query: WHOLE_LIST }))
  const capacity = useQuery(reading(showCapacity, { query: {} }))
  const attention = useQuery(reading(showAttention, { query: {} }))
  const commitments = useQuery({
    ...reading(listCommitments, { query: { ...WHOLE_LIST, state: 'current' } }),
    enabled: maySeeMoney,
  })
  const providers = useMemo(() => (pools.data?.items ?? []).map(({ provider }) => provider), [pools.data])
  const failed = [pools, capacity, attention, commitments].find(({ error }) => error && !isAbsent(error))
  return (
    <Page
      title="Overview"
      about="What was promised, what is there, what is done with it, and what it binds us to."
    >
      {failed && <Failure error={failed.error} again={failed.refetch} />}
      <KeyFigures pools={pools.data?.items} capacity={capacity.data?.items} commitments={commitments.data} />
      <Section title="Needs somebody" about="The next thirty days.">
        <Attention items={attention.data?.items} />
      </Section>
      <Section title="Queue">
        <QueueHealth />
      </Section>
      <Section
        title="Accelerators"
        about="Delivered by provider, beneath what was promised; beyond today, as expected."
      >
        {isAbsent(capacity.error) || capacity.data?.items.length === 0 ? (
          <Empty title="Nothing was promised yet">
            Take in a portfolio: <code>offtake import DIR</code>
          </Empty>
        ) : (
          <CapacityChart items={capacity.data?.items} />
        )}
      </Section>
      <Section title="Allocated" about="By provider and hour, the last seven days.">
        <AllocatedChart providers={providers} />
      </Section>
      {maySeeMoney && !isAbsent(commitments.error) && (
        <Section
          title="Commitments"
          about="Those whose time is now: what is bought of them, and what is foreseen by their end."
        >
          <Commitments data={commitments.data} />
        </Section>
      )}
      <Section title="Providers">
        <Providers pools={pools.data?.items} />
      </Section>
    </Page>
  )
}
