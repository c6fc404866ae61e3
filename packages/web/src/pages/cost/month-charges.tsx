import { Button, Group, Text, TextInput } from '@mantine/core'
import { type ChargeRow, showCharges } from '@offtake/contract/api/usage-routes'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { reading } from '../../api/call.ts'
import { BasisMark } from '../../parts/basis-mark.tsx'
import { kindText } from '../../parts/charge-words.ts'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { momentText } from '../../parts/moment.tsx'
import { amountText, countText } from '../../parts/number-text.ts'
import { Section } from '../../parts/page.tsx'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'
import { monthText } from './cost-search.ts'

const { useNavigate } = getRouteApi('/cost')

/** Every line of the invoices of one month. */
export function MonthCharges({ month }: { readonly month: string }) {
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery({
    ...reading(showCharges, { query: { month } }),
    placeholderData: keepPreviousData,
  })
  const currency = data?.currency ?? 'USD'
  const columns = useMemo(() => columnsIn(currency), [currency])
  const go = (to: string): void => void navigate({ search: (was) => ({ ...was, month: to }), replace: true })
  const step = (by: number): void => go(monthText(Date.parse(`${month}-01`), by))
  return (
    <Section
      title={`Charges for ${month}`}
      about={data && <Metered metered={data.metered} />}
      actions={
        <Group gap="xs">
          <Button size="compact-sm" variant="default" aria-label="The month before" onClick={() => step(-1)}>
            <IconChevronLeft size={15} />
          </Button>
          <TextInput
            size="xs"
            type="month"
            aria-label="Month"
            value={month}
            onChange={({ currentTarget: { value } }) => /^\d{4}-\d{2}$/.test(value) && go(value)}
          />
          <Button size="compact-sm" variant="default" aria-label="The month after" onClick={() => step(1)}>
            <IconChevronRight size={15} />
          </Button>
        </Group>
      }
    >
      {error ? (
        <Failure error={error} again={refetch} />
      ) : (
        <DataTable
          label={`Charges for ${month}`}
          columns={columns}
          rows={data?.items}
          keyOf={({ agreement, line, kind, start, pool }) => [agreement, line, kind, start, pool].join(' ')}
          empty={<Empty title="Nothing is charged for this month" />}
          footer={
            data && (
              <>
                <Text size="sm">{data.items.length === 1 ? '1 charge' : `${data.items.length} charges`}</Text>
                <Text size="sm" fw={600} c="var(--ink)">
                  {amountText(data.total, currency, 'exact')}
                </Text>
              </>
            )
          }
        />
      )}
    </Section>
  )
}

function Metered({
  metered,
}: {
  readonly metered: { readonly start: string; readonly until: string } | null
}) {
  if (!metered) return 'None of its use is metered: it is supposed.'
  return `Use is metered from ${momentText(metered.start)} to ${momentText(metered.until)}; the rest is supposed.`
}

function columnsIn(currency: string): readonly Column<ChargeRow>[] {
  return [
    {
      key: 'agreement',
      title: 'Agreement',
      cell: ({ agreement }) => (
        <Link to="/agreements/$id" params={{ id: agreement }}>
          {agreement}
        </Link>
      ),
    },
    { key: 'provider', title: 'Provider', isMinor: true, cell: ({ provider }) => provider },
    { key: 'line', title: 'Line', isMinor: true, cell: ({ line }) => line ?? '–' },
    { key: 'kind', title: 'For', cell: ({ kind }) => kindText(kind) },
    { key: 'basis', title: 'Basis', cell: ({ basis }) => <BasisMark basis={basis} /> },
    {
      key: 'hours',
      title: 'Hours used',
      isNumber: true,
      isMinor: true,
      cell: ({ usedHours }) => (usedHours === null ? '–' : countText(usedHours)),
    },
    {
      key: 'owed',
      title: 'Owed anyway',
      isNumber: true,
      isMinor: true,
      cell: ({ owedAnyway }) => amountText(owedAnyway, currency, 'exact'),
    },
    {
      key: 'amount',
      title: 'Amount',
      isNumber: true,
      cell: ({ amount }) => amountText(amount, currency, 'exact'),
    },
  ]
}
