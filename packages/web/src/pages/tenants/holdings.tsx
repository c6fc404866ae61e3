import { Text } from '@mantine/core'
import { listTenants, type TenantView } from '@offtake/contract/api/tenant-routes'
import { useQuery } from '@tanstack/react-query'
import { reading } from '../../api/call.ts'
import { countText } from '../../parts/number-text.ts'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'
import { HoldingBar } from './holding-bar.tsx'
import { ALL_POOLS, holdingOf } from './tenant-tree.ts'

type Holding = TenantView['holdings'][number]

/** What a tenant has, pool by pool, as it is now. */
export function HoldingsOf({ tenant }: { readonly tenant: string }) {
  const { data } = useQuery(reading(listTenants, {}))
  const found = data?.items.find(({ id }) => id === tenant)
  return <Holdings holdings={data ? (found?.holdings ?? []) : undefined} />
}

/** What there is of each pool: owned, used, borrowed, lent. */
export function Holdings({ holdings }: { readonly holdings: readonly Holding[] | undefined }) {
  const rows = holdings?.map(({ pool }) => holdingOf({ holdings }, pool))
  const whole = Math.max(1, ...(rows ?? []).map(({ owned, used }) => Math.max(owned, used)))
  return (
    <DataTable
      label="Holdings"
      columns={columnsOf(whole)}
      rows={rows}
      keyOf={({ pool }) => pool}
      empty={<Text c="dimmed">It owns nothing and uses nothing.</Text>}
    />
  )
}

function columnsOf(whole: number): readonly Column<Holding>[] {
  return [
    { key: 'pool', title: 'Pool', cell: ({ pool }) => (pool === ALL_POOLS ? 'all pools' : pool) },
    {
      key: 'bar',
      title: 'Used, borrowed, lent',
      cell: (holding) => <HoldingBar holding={holding} whole={whole} />,
    },
    ...amounts<Holding>((holding) => holding),
  ]
}

/** The four amounts of a holding as columns. */
export function amounts<Row>(holdingOf: (row: Row) => Holding): readonly Column<Row>[] {
  return (['owned', 'used', 'borrowed', 'lent'] as const).map((key) => ({
    key,
    title: { owned: 'Owned', used: 'Used', borrowed: 'Borrowed', lent: 'Lent' }[key],
    isNumber: true,
    cell: (row) => countText(holdingOf(row)[key]),
  }))
}
