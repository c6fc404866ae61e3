import { Anchor, SegmentedControl } from '@mantine/core'
import { type CalendarItem, showAgreementCalendar } from '@offtake/contract/api/calendar-routes'
import { IconCalendarDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { reading } from '../../api/call.ts'
import { dayText } from '../../parts/day-text.ts'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Moment } from '../../parts/moment.tsx'
import { amountText } from '../../parts/number-text.ts'
import { Section } from '../../parts/page.tsx'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'
import { useNow } from '../../parts/use-now.ts'
import classes from './agreement-calendar.module.css'

const MOST = 100

/** What is due when under an agreement, here and for other programs. */
export function AgreementCalendar({ id }: { readonly id: string }) {
  const [isAll, setIsAll] = useState(false)
  const today = dayText(useNow())
  const query = isAll ? { limit: MOST } : { from: today, limit: MOST }
  const { data, error, refetch } = useQuery(reading(showAgreementCalendar, { params: { id }, query }))
  return (
    <Section
      title="Calendar"
      actions={
        <div className={classes.actions}>
          <SegmentedControl
            size="xs"
            aria-label="Which of it"
            value={isAll ? 'all' : 'coming'}
            onChange={(value) => setIsAll(value === 'all')}
            data={[
              { value: 'coming', label: 'To come' },
              { value: 'all', label: 'All of it' },
            ]}
          />
          <Anchor
            size="sm"
            href={`/v1/agreements/${encodeURIComponent(id)}/calendar.ics`}
            download={`${id}.ics`}
            className={classes.file}
          >
            <IconCalendarDown size={16} stroke={1.6} aria-hidden="true" />
            As .ics
          </Anchor>
        </div>
      }
    >
      {error ? (
        <Failure error={error} again={refetch} />
      ) : (
        <DataTable
          label="Calendar"
          columns={COLUMNS}
          rows={data?.items}
          keyOf={({ id: item }) => item}
          empty={<Empty title="Nothing is due any more" />}
          footer={data?.next ? `The first ${MOST}; the file has all of it.` : undefined}
        />
      )}
    </Section>
  )
}

const COLUMNS: readonly Column<CalendarItem>[] = [
  { key: 'at', title: 'Day', cell: ({ at }) => <Moment at={at} as="day" /> },
  { key: 'in', title: 'From now', isMinor: true, cell: ({ at }) => <Moment at={at} as="relative" /> },
  { key: 'text', title: 'What', cell: ({ text }) => <span className={classes.text}>{text}</span> },
  {
    key: 'amount',
    title: 'Sum',
    isNumber: true,
    isMinor: true,
    cell: ({ amount, currency }) => (amount === null ? '' : amountText(amount, currency)),
  },
]
