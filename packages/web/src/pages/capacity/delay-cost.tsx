import { Skeleton } from '@mantine/core'
import { kindText } from '../../parts/charge-words.ts'
import { Note } from '../../parts/note.tsx'
import { amountText } from '../../parts/number-text.ts'
import { sumText } from '../../parts/sum.ts'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'
import type { Cost } from './what-if-answers.ts'

interface DelayCostProps {
  readonly before: Cost | null | undefined
  readonly after: Cost | null | undefined
}

interface Row {
  readonly kind: string
  readonly before: string
  readonly after: string
}

/** What is charged within the horizon as it stands and with the delay: if pools are used as demand says. */
export function DelayCost({ before, after }: DelayCostProps) {
  if (before === null || after === null)
    return <Note tone="caution">What the delay costs is not known: a price is missing.</Note>
  if (before === undefined || after === undefined) return <Skeleton h={150} />
  const rows = rowsOf(before, after)
  return (
    <DataTable
      label="Cost of the delay"
      columns={columnsIn(before.currency)}
      rows={rows}
      keyOf={({ kind }) => kind}
      footer="Charged within the horizon if pools are used as demand says. What is paid and not used is the cost of a delay."
    />
  )
}

function rowsOf(before: Cost, after: Cost): Row[] {
  const of = ({ byKind }: Cost, kind: string): string =>
    byKind.find((one) => one.kind === kind)?.amount ?? '0.00'
  const kinds = [...new Set([...before.byKind, ...after.byKind].map(({ kind }) => kind))].sort()
  return [
    ...kinds.map((kind) => ({ kind, before: of(before, kind), after: of(after, kind) })),
    { kind: 'total', before: before.total, after: after.total },
  ]
}

function columnsIn(currency: string): readonly Column<Row>[] {
  return [
    { key: 'kind', title: 'For', cell: ({ kind }) => kindText(kind) },
    {
      key: 'before',
      title: 'As it stands',
      isNumber: true,
      cell: ({ before }) => <Sum amount={before} currency={currency} />,
    },
    {
      key: 'after',
      title: 'With the delay',
      isNumber: true,
      cell: ({ after }) => <Sum amount={after} currency={currency} />,
    },
    {
      key: 'difference',
      title: 'Difference',
      isNumber: true,
      cell: ({ before, after }) => (
        <Sum amount={sumText([after, negative(before)])} currency={currency} isDifference />
      ),
    },
  ]
}

interface SumProps {
  readonly amount: string
  readonly currency: string
  readonly isDifference?: boolean
}

function Sum({ amount, currency, isDifference = false }: SumProps) {
  const isNothing = Number(amount) === 0
  const sign = isDifference && Number(amount) > 0 ? '+' : ''
  return (
    <span title={amountText(amount, currency, 'exact')}>
      {isNothing ? '–' : `${sign}${amountText(amount, currency, 'short')}`}
    </span>
  )
}

function negative(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`
}
