import type { CapacityOfPool } from '@offtake/contract/api/capacity-routes'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { countText } from '../../parts/number-text.ts'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'
import { useNow } from '../../parts/use-now.ts'

/** Every pool with what it was promised and has, now and at most. */
export function PoolTable({ items }: { readonly items: readonly CapacityOfPool[] | undefined }) {
  const navigate = useNavigate()
  const now = useNow()
  const columns = useMemo(() => columnsAt(now), [now])
  return (
    <DataTable
      label="Pools"
      columns={columns}
      rows={items}
      keyOf={({ pool }) => pool}
      onOpen={({ pool }) => void navigate({ to: '/capacity', search: { pool } })}
    />
  )
}

function columnsAt(now: number): readonly Column<CapacityOfPool>[] {
  const at = ({ steps }: CapacityOfPool) => steps.findLast((step) => Date.parse(step.at) <= now)
  const number = (value: number): string => (value === 0 ? '–' : countText(value))
  return [
    {
      key: 'pool',
      title: 'Pool',
      cell: ({ pool }) => (
        <Link to="/capacity" search={{ pool }} tabIndex={-1}>
          {pool}
        </Link>
      ),
    },
    { key: 'hardware', title: 'Hardware', isMinor: true, cell: ({ hardware }) => hardware },
    { key: 'region', title: 'Region', isMinor: true, cell: ({ region }) => region },
    {
      key: 'promised',
      title: 'Promised now',
      isNumber: true,
      cell: (row) => number(at(row)?.promised ?? 0),
    },
    {
      key: 'delivered',
      title: 'Delivered now',
      isNumber: true,
      cell: (row) => number(at(row)?.delivered ?? 0),
    },
    {
      key: 'late',
      title: 'Late',
      isNumber: true,
      isMinor: true,
      cell: (row) => number(Math.max(0, (at(row)?.promised ?? 0) - (at(row)?.delivered ?? 0))),
    },
    {
      key: 'most',
      title: 'At most',
      isNumber: true,
      isMinor: true,
      cell: ({ steps }) => number(steps.reduce((most, { delivered }) => Math.max(most, delivered), 0)),
    },
  ]
}
