import type { PoolView } from '@offtake/contract/api/pool'
import { useMemo } from 'react'
import { Meter } from '../../parts/meter.tsx'
import { countText, shareText } from '../../parts/number-text.ts'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'

interface Provider {
  readonly name: string
  readonly pools: number
  readonly total: number
  readonly held: number
  readonly down: number
  readonly simulated: boolean
}

/** What each provider's accelerators do. */
export function Providers({ pools }: { readonly pools: readonly PoolView[] | undefined }) {
  const rows = useMemo(() => pools && providersOf(pools), [pools])
  return <DataTable label="Providers" columns={COLUMNS} rows={rows} keyOf={({ name }) => name} />
}

function providersOf(pools: readonly PoolView[]): Provider[] {
  return [...new Set(pools.map(({ provider }) => provider))].map((name) => {
    const own = pools.filter(({ provider }) => provider === name)
    const sum = (of: keyof PoolView['accelerators']): number =>
      own.reduce((total, { accelerators }) => total + accelerators[of], 0)
    return {
      name,
      pools: own.length,
      total: sum('total'),
      held: sum('held'),
      down: sum('down'),
      simulated: own.every(({ simulated }) => simulated),
    }
  })
}

const COLUMNS: readonly Column<Provider>[] = [
  {
    key: 'name',
    title: 'Provider',
    cell: ({ name, simulated }) => (simulated ? `${name} (simulated)` : name),
  },
  { key: 'pools', title: 'Pools', isNumber: true, isMinor: true, cell: ({ pools }) => pools },
  { key: 'total', title: 'Accelerators', isNumber: true, cell: ({ total }) => countText(total) },
  { key: 'held', title: 'Allocated', isNumber: true, cell: ({ held }) => countText(held) },
  { key: 'idle', title: 'Idle', isNumber: true, cell: ({ total, held }) => countText(total - held) },
  {
    key: 'share',
    title: 'Share allocated',
    cell: ({ total, held, down }) =>
      total === 0 ? (
        'none there yet'
      ) : (
        <Meter
          label={`${shareText(held / total)} allocated, ${shareText(down / total)} out of service`}
          parts={[
            { name: 'allocated', share: held / total, tone: 'full' },
            { name: 'out of service', share: down / total, tone: 'warn' },
          ]}
        />
      ),
  },
]
