import { Skeleton, Text } from '@mantine/core'
import type { CommitmentView, listCommitments } from '@offtake/contract/api/finance-routes'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { z } from 'zod'
import { BasisMark } from '../../parts/basis-mark.tsx'
import { BurnMeter } from '../../parts/burn-meter.tsx'
import { burnShares } from '../../parts/burned.ts'
import { TimeChart } from '../../parts/chart/time-chart.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Moment } from '../../parts/moment.tsx'
import { amountText } from '../../parts/number-text.ts'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'
import { useNow } from '../../parts/use-now.ts'

const { useNavigate } = getRouteApi('/cost')

interface BurnDownProps {
  readonly data: z.output<(typeof listCommitments)['answer']> | undefined
  /** Whose course is drawn; that of the first where none is chosen. */
  readonly agreement: string | undefined
}

/** Every interval of every commitment, and the course of the one that is chosen. */
export function BurnDown({ data, agreement }: BurnDownProps) {
  const navigate = useNavigate()
  const currency = data?.currency ?? 'USD'
  const columns = useMemo(() => columnsIn(currency), [currency])
  const items = data?.items ?? []
  const chosen = agreement ?? items.find(({ state }) => state === 'current')?.agreement ?? items[0]?.agreement
  if (!data) return <Skeleton h={240} />
  if (items.length === 0) return <Empty title="Nothing is committed">No agreement promises a sum.</Empty>
  return (
    <>
      <Course rows={items.filter((row) => row.agreement === chosen)} currency={currency} />
      <DataTable
        label="Commitments"
        columns={columns}
        rows={items}
        keyOf={(row) => `${row.agreement} ${row.interval}`}
        isSelected={(row) => row.agreement === chosen}
        onOpen={(row) =>
          void navigate({ search: (was) => ({ ...was, agreement: row.agreement }), replace: true })
        }
      />
    </>
  )
}

function Course({ rows, currency }: { readonly rows: readonly CommitmentView[]; readonly currency: string }) {
  const now = useNow()
  const series = useMemo(
    () => [
      {
        name: `left of ${rows[0]?.title ?? ''}`,
        points: rows.flatMap(pointsOf),
        color: 0,
        isFilled: true,
      },
    ],
    [rows],
  )
  const text = useMemo(() => (value: number) => amountText(value.toFixed(2), currency, 'short'), [currency])
  return (
    <TimeChart
      label={`What is left of the commitment of ${rows[0]?.title ?? ''}, in ${currency}`}
      series={series}
      height={220}
      now={now}
      text={text}
    />
  )
}

/** From the whole of it, at the start, down to what is left at the end. */
function pointsOf({ start, committed, carriedIn, course }: CommitmentView): [number, number][] {
  return [
    [Date.parse(start), Math.max(0, Number(committed) - Number(carriedIn))],
    ...course.map(({ at, remaining }): [number, number] => [Date.parse(at), Number(remaining)]),
  ]
}

function columnsIn(currency: string): readonly Column<CommitmentView>[] {
  return [
    {
      key: 'agreement',
      title: 'Agreement',
      cell: ({ agreement, title, interval }) => (
        <>
          <Link to="/agreements/$id" params={{ id: agreement }} tabIndex={-1}>
            {title}
          </Link>{' '}
          {interval > 1 && (
            <Text component="span" size="xs" c="dimmed">
              interval {interval}
            </Text>
          )}
        </>
      ),
    },
    { key: 'until', title: 'Until', isMinor: true, cell: ({ until }) => <Moment at={until} as="day" /> },
    {
      key: 'committed',
      title: 'Committed',
      isNumber: true,
      cell: ({ committed }) => amountText(committed, currency, 'short'),
    },
    {
      key: 'used',
      title: 'Burned',
      isNumber: true,
      cell: ({ used }) => (
        <span title={amountText(used, currency, 'exact')}>{amountText(used, currency, 'short')}</span>
      ),
    },
    {
      key: 'meter',
      title: 'Burned, and foreseen',
      isMinor: true,
      cell: (row) => {
        const shares = burnShares(row)
        return shares ? <BurnMeter shares={shares} /> : '–'
      },
    },
    {
      key: 'trueUp',
      title: 'At risk',
      isNumber: true,
      cell: ({ trueUp }) => (Number(trueUp) > 0 ? amountText(trueUp, currency, 'short') : '–'),
    },
    { key: 'basis', title: 'Basis', isMinor: true, cell: ({ basis }) => <BasisMark basis={basis} /> },
  ]
}
