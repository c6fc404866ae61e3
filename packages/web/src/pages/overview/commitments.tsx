import type { CommitmentView, listCommitments } from '@offtake/contract/api/finance-routes'
import { useMemo } from 'react'
import type { z } from 'zod'
import { Empty } from '../../parts/empty.tsx'
import { Meter } from '../../parts/meter.tsx'
import { Moment } from '../../parts/moment.tsx'
import { amountText, shareText } from '../../parts/number-text.ts'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'

/** Each commitment with what is bought of it, what is foreseen, and what would be trued up. */
export function Commitments({
  data,
}: {
  readonly data: z.output<(typeof listCommitments)['answer']> | undefined
}) {
  const currency = data?.currency ?? 'USD'
  const columns = useMemo(() => columnsIn(currency), [currency])
  return (
    <DataTable
      label="Commitments"
      columns={columns}
      rows={data?.items}
      keyOf={({ agreement, interval }) => `${agreement} ${interval}`}
      empty={<Empty title="No commitment has its time now" />}
    />
  )
}

function columnsIn(currency: string): readonly Column<CommitmentView>[] {
  return [
    { key: 'title', title: 'Agreement', cell: ({ title }) => title },
    { key: 'provider', title: 'Provider', isMinor: true, cell: ({ provider }) => provider },
    { key: 'until', title: 'Until', cell: ({ until }) => <Moment at={until} as="day" /> },
    {
      key: 'committed',
      title: 'Committed',
      isNumber: true,
      cell: ({ committed }) => amountText(committed, currency, 'short'),
    },
    { key: 'used', title: 'Burned', isNumber: true, cell: ({ used }) => amountText(used, currency, 'short') },
    { key: 'meter', title: 'Burned, and foreseen', cell: (row) => <Burn row={row} /> },
    {
      key: 'trueUp',
      title: 'At risk',
      isNumber: true,
      cell: ({ trueUp }) => (Number(trueUp) > 0 ? amountText(trueUp, currency, 'short') : '–'),
    },
  ]
}

function Burn({ row: { committed, used, foreseen, trueUp } }: { readonly row: CommitmentView }) {
  const whole = Number(committed)
  if (!(whole > 0)) return '–'
  const burned = Math.min(1, Number(used) / whole)
  const coming = Math.max(0, Math.min(1 - burned, (Number(foreseen) - Number(used)) / whole))
  return (
    <Meter
      label={`${shareText(burned)} burned, ${shareText(coming)} foreseen, ${shareText(Number(trueUp) / whole)} at risk`}
      parts={[
        { name: 'burned', share: burned, tone: 'full' },
        { name: 'foreseen', share: coming, tone: 'soft' },
        { name: 'at risk', share: Math.min(1 - burned - coming, Number(trueUp) / whole), tone: 'warn' },
      ]}
    />
  )
}
