import { listPools } from '@offtake/contract/api/pool-routes'
import { useQuery } from '@tanstack/react-query'
import { reading } from '../../api/call.ts'
import { Failure } from '../../parts/failure.tsx'
import { countText, shareText } from '../../parts/number-text.ts'
import { Page, Section } from '../../parts/page.tsx'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'
import { Held } from './held.tsx'

/** What we have and what is done with it, at one look. */
export function OverviewPage() {
  const { data, error, refetch } = useQuery(reading(listPools, { query: { limit: 500 } }))
  return (
    <Page title="Overview" about="What was promised, what is there, and what is done with it.">
      {error && <Failure error={error} again={refetch} />}
      <Held />
      <Section title="Pools">
        <DataTable label="Pools" columns={COLUMNS} rows={data?.items} keyOf={({ id }) => id} />
      </Section>
    </Page>
  )
}

import type { PoolView as Pool } from '@offtake/contract/api/pool'

const COLUMNS: readonly Column<Pool>[] = [
  { key: 'id', title: 'Pool', cell: ({ id }) => id },
  {
    key: 'total',
    title: 'Accelerators',
    isNumber: true,
    cell: ({ accelerators: { total } }) => countText(total),
  },
  { key: 'held', title: 'Allocated', isNumber: true, cell: ({ accelerators: { held } }) => countText(held) },
  {
    key: 'share',
    title: 'Share',
    isNumber: true,
    cell: ({ accelerators: { total, held } }) => (total === 0 ? '–' : shareText(held / total)),
  },
]
