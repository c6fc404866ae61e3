import { Text } from '@mantine/core'
import type { listObligations, ObligationView } from '@offtake/contract/api/finance-routes'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { z } from 'zod'
import { Empty } from '../../parts/empty.tsx'
import { Moment } from '../../parts/moment.tsx'
import { amountText, shareText } from '../../parts/number-text.ts'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'

type Obliged = z.output<(typeof listObligations)['answer']>

/** What is owed whatever happens, by agreement and how far away it is. */
export function Obligations({ data }: { readonly data: Obliged | undefined }) {
  const currency = data?.currency ?? 'USD'
  const columns = useMemo(() => columnsIn(currency), [currency])
  return (
    <DataTable
      label="Obligations"
      columns={columns}
      rows={data?.items}
      keyOf={({ agreement }) => agreement}
      empty={<Empty title="Nothing is owed">No agreement that counts owes anything from now on.</Empty>}
      footer={
        data && (
          <>
            <Text size="sm">
              {shareText(data.assumedShare)} of it rests on assumed amounts,{' '}
              {shareText(data.assumedShareWithDates)} on assumed amounts or dates.
            </Text>
            <Text size="sm" fw={600} c="var(--ink)">
              {amountText(data.total, currency, 'exact')}
            </Text>
          </>
        )
      }
    />
  )
}

const BUCKETS = [
  { key: 'under1y', title: 'Within 1 year' },
  { key: 'from1to3y', title: '1 to 3 years' },
  { key: 'from3to5y', title: '3 to 5 years' },
  { key: 'over5y', title: 'Later' },
] as const

function columnsIn(currency: string): readonly Column<ObligationView>[] {
  const sum = (amount: string) =>
    Number(amount) === 0 ? (
      '–'
    ) : (
      <span title={amountText(amount, currency, 'exact')}>{amountText(amount, currency, 'short')}</span>
    )
  return [
    {
      key: 'agreement',
      title: 'Agreement',
      cell: ({ agreement, title, mayEnd }) => (
        <>
          <Link to="/agreements/$id" params={{ id: agreement }}>
            {title}
          </Link>
          {mayEnd && (
            <Text size="xs" c="dimmed">
              may be ended from <Moment at={mayEnd.from} as="day" /> on
            </Text>
          )}
        </>
      ),
    },
    { key: 'provider', title: 'Provider', isMinor: true, cell: ({ provider }) => provider },
    ...BUCKETS.map(({ key, title }) => ({
      key,
      title,
      isNumber: true,
      isMinor: true,
      cell: (row: ObligationView) => sum(row[key]),
    })),
    {
      key: 'total',
      title: 'Total',
      isNumber: true,
      cell: ({ total, quantified }) => (quantified ? sum(total) : 'not stated'),
    },
  ]
}
