import { Button, Text } from '@mantine/core'
import { bookWindow, cancelWindow, listWindows, type WindowView } from '@offtake/contract/api/window-routes'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { reading } from '../../api/call.ts'
import { Failure } from '../../parts/failure.tsx'
import { Moment } from '../../parts/moment.tsx'
import { countText } from '../../parts/number-text.ts'
import { Section } from '../../parts/page.tsx'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'
import { useMay } from '../../session/session.ts'
import { CancelWindow } from './cancel-window.tsx'

const SHOWN = 100

/** What is booked for times to come, of one tenant or of all. */
export function Windows({ tenant }: { readonly tenant?: string }) {
  const query = { limit: SHOWN, ...(tenant === undefined ? {} : { tenant }) }
  const { data, error, refetch } = useQuery(reading(listWindows, { query }))
  const mayCancel = useMay(cancelWindow)
  return (
    <Section
      title="Windows booked"
      about="Parts of the fleet for times to come, the next to open first"
      actions={<Book tenant={tenant} />}
    >
      {error ? (
        <Failure error={error} again={refetch} />
      ) : (
        <DataTable
          label="Windows booked"
          columns={mayCancel ? [...COLUMNS, CANCEL] : COLUMNS}
          rows={data?.items}
          keyOf={({ id }) => id}
          empty={<Text c="dimmed">Nothing is booked.</Text>}
        />
      )}
    </Section>
  )
}

function Book({ tenant }: { readonly tenant: string | undefined }) {
  if (!useMay(bookWindow)) return null
  return (
    <Button
      component={Link}
      to="/tenants/book"
      search={(tenant === undefined ? {} : { tenant }) as never}
      size="xs"
      variant="default"
      leftSection={<IconPlus size={15} stroke={1.6} />}
    >
      Book a window
    </Button>
  )
}

const COLUMNS: readonly Column<WindowView>[] = [
  { key: 'id', title: 'Window', cell: ({ id }) => id },
  { key: 'tenant', title: 'Tenant', cell: ({ tenant }) => tenant },
  { key: 'state', title: 'State', cell: ({ state }) => state },
  { key: 'start', title: 'From', cell: ({ start }) => <Moment at={start} /> },
  { key: 'until', title: 'Until', cell: ({ until }) => <Moment at={until} /> },
  {
    key: 'times',
    title: 'Times left',
    isNumber: true,
    isMinor: true,
    cell: ({ timesLeft }) => countText(timesLeft),
  },
  { key: 'pool', title: 'Pool', isMinor: true, cell: ({ pool }) => pool },
  {
    key: 'accelerators',
    title: 'Accelerators',
    isNumber: true,
    cell: ({ accelerators }) => countText(accelerators),
  },
  { key: 'lends', title: 'Lends', isMinor: true, cell: ({ lends }) => (lends ? 'yes' : 'no') },
]

const CANCEL: Column<WindowView> = {
  key: 'cancel',
  title: '',
  cell: ({ id }) => <CancelWindow id={id} />,
}
