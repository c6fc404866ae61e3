import { Group, Skeleton } from '@mantine/core'
import type { KeyboardEvent, ReactNode } from 'react'
import { useRef } from 'react'
import { Empty } from '../empty.tsx'
import classes from './data-table.module.css'

export interface Column<Row> {
  readonly key: string
  readonly title: ReactNode
  readonly cell: (row: Row) => ReactNode
  /** Numbers stand at the right. */
  readonly isNumber?: boolean
  /** Left out where there is little room. */
  readonly isMinor?: boolean
}

interface DataTableProps<Row> {
  /** What the table is, for whoever does not see it. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  /** Nothing while it is read for the first time. */
  readonly rows: readonly Row[] | undefined
  readonly keyOf: (row: Row) => string
  /** Opens a row: by a click, or by Enter on it. */
  readonly onOpen?: (row: Row) => void
  readonly isSelected?: (row: Row) => boolean
  /** What is said where there are no rows. */
  readonly empty?: ReactNode
  /** Under the table, such as the way to the next page. */
  readonly footer?: ReactNode
}

const LOADING_ROWS = 6

/** A table whose rows the arrows go through. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, keyOf, onOpen, isSelected, empty, footer } = props
  const body = useRef<HTMLTableSectionElement>(null)
  if (rows?.length === 0) return <>{empty ?? <Empty title="Nothing here" />}</>
  return (
    <div className={classes.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={label}>
        <table className={classes.table} aria-label={label} aria-busy={rows === undefined}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} scope="col" {...marksOf(column)}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            {rows?.map((row, index) => (
              <tr
                key={keyOf(row)}
                tabIndex={onOpen ? (index === 0 ? 0 : -1) : undefined}
                data-opens={onOpen ? true : undefined}
                aria-selected={isSelected?.(row)}
                onClick={onOpen && (() => onOpen(row))}
                onKeyDown={onOpen && ((event) => goByKey(event, body.current, () => onOpen(row)))}
              >
                {columns.map((column) => (
                  <td key={column.key} {...marksOf(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            )) ?? <LoadingRows columns={columns.length} />}
          </tbody>
        </table>
      </section>
      {footer !== undefined && (
        <Group justify="space-between" className={classes.footer}>
          {footer}
        </Group>
      )}
    </div>
  )
}

function LoadingRows({ columns }: { readonly columns: number }) {
  return Array.from({ length: LOADING_ROWS }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
    <tr key={row}>
      <td colSpan={columns}>
        <Skeleton h={14} radius="sm" />
      </td>
    </tr>
  ))
}

function marksOf<Row>({ isNumber, isMinor }: Column<Row>) {
  return { 'data-number': isNumber || undefined, 'data-minor': isMinor || undefined }
}

/** Arrows, Home and End go from row to row; Enter opens the one that is meant. */
function goByKey(
  event: KeyboardEvent<HTMLTableRowElement>,
  body: HTMLTableSectionElement | null,
  open: () => void,
): void {
  if (event.target !== event.currentTarget) return
  if (event.key === 'Enter') return open()
  const rows = [...(body?.rows ?? [])]
  const here = rows.indexOf(event.currentTarget)
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1 }[event.key]
  const row = to === undefined ? undefined : rows[to]
  if (!row) return
  event.preventDefault()
  for (const each of rows) each.tabIndex = each === row ? 0 : -1
  row.focus()
}
