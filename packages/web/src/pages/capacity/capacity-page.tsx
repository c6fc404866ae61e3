import { Anchor, Group, SegmentedControl } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { showCapacity } from '@offtake/contract/api/capacity-routes'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { reading } from '../../api/call.ts'
import { ProblemError } from '../../api/problem-error.ts'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Note } from '../../parts/note.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { type CapacitySearch, GROUPINGS, type SlipDays, slipsIn, slipText } from './capacity-search.ts'
import { CapacitySteps } from './capacity-steps.tsx'
import { DelayCost } from './delay-cost.tsx'
import { GapFigures } from './gap-figures.tsx'
import { PoolTable } from './pool-table.tsx'
import { SlipBoard } from './slip-board.tsx'
import { useWhatIf } from './use-what-if.ts'

const { useSearch, useNavigate } = getRouteApi('/capacity')

/** What is promised and delivered against what is asked for, and what a delay would do. */
export function CapacityPage() {
  const search = useSearch()
  const navigate = useNavigate()
  const given = useMemo(() => slipsIn(search.slip), [search.slip])
  // While something is dragged, the address waits.
  const [dragged, setDragged] = useState<SlipDays>()
  const slips = dragged ?? given
  const [calm] = useDebouncedValue(slips, 40, { leading: true })
  const whatIf = useWhatIf(calm)
  const capacity = useQuery(reading(showCapacity, { query: {} }))
  if (isNothing(capacity.error)) return <NoPortfolio />
  const settle = (next: SlipDays): void => {
    setDragged(undefined)
    const { slip: _, ...kept } = search
    const slip = slipText(next)
    void navigate({ search: slip === undefined ? kept : { ...kept, slip }, replace: true })
  }
  const { opened, before, after } = whatIf
  const by = search.by ?? 'provider'
  return (
    <Page
      title="Capacity"
      about="Accelerators that agreements and machines promise and deliver, against what workloads and services ask for."
    >
      {capacity.error && <Failure error={capacity.error} again={capacity.refetch} />}
      {whatIf.isBroken && (
        <Note tone="warn">The portfolio does not hold together: no what-if can be worked out.</Note>
      )}
      <GapFigures before={before?.gap} after={after?.gap} />
      <Section title={search.pool ?? 'Promised, delivered and asked for'} actions={<Apart search={search} />}>
        <CapacitySteps
          items={capacity.data?.items}
          before={before?.gap}
          after={after?.gap}
          by={by}
          pool={search.pool}
        />
      </Section>
      <Section
        title="What if it came later?"
        about="Drag a tranche, or use its arrows or its field. Nothing is changed by it; the address keeps it."
        actions={
          given.size > 0 && (
            <Anchor component="button" type="button" size="sm" onClick={() => settle(new Map())}>
              Put all back
            </Anchor>
          )
        }
      >
        <SlipBoard opened={opened} pool={search.pool} slips={slips} onDrag={setDragged} onSettle={settle} />
        {slips.size > 0 && <DelayCost before={before?.cost} after={after?.cost} />}
      </Section>
      <Section title="Pools">
        <PoolTable items={capacity.data?.items} />
      </Section>
    </Page>
  )
}

/** By what the chart is apart, or the way back from one pool. */
function Apart({ search }: { readonly search: CapacitySearch }) {
  const navigate = useNavigate()
  if (search.pool !== undefined)
    return (
      <Link to="/capacity" search={search.slip === undefined ? {} : { slip: search.slip }}>
        All pools
      </Link>
    )
  return (
    <SegmentedControl
      size="xs"
      aria-label="Apart by"
      value={search.by ?? 'provider'}
      data={[...GROUPINGS]}
      onChange={(value) => {
        const next = GROUPINGS.find((one) => one === value)
        void navigate({ search: { ...search, ...(next ? { by: next } : {}) }, replace: true })
      }}
    />
  )
}

function NoPortfolio() {
  return (
    <Page title="Capacity">
      <Empty title="Nothing is promised yet">
        <Group gap={4} justify="center">
          Bring a portfolio with <code>offtake import DIR</code>, or{' '}
          <Link to="/agreements/new">add an agreement</Link>.
        </Group>
      </Empty>
    </Page>
  )
}

function isNothing(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'notFound'
}
