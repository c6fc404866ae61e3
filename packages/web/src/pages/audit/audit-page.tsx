import { Code, Group, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { showAudit } from '@offtake/contract/api/audit-routes'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { z } from 'zod'
import { reading } from '../../api/call.ts'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Moment } from '../../parts/moment.tsx'
import { Page } from '../../parts/page.tsx'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'
import { Pager } from '../../parts/table/pager.tsx'
import classes from './audit-page.module.css'
import type { AuditSearch } from './audit-search.ts'
import { Verification } from './verification.tsx'

const { useSearch, useNavigate } = getRouteApi('/audit')

/** Who did what, and whether the journal is as it was written. */
export function AuditPage() {
  const search = useSearch()
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery({
    ...reading(showAudit, { query: search }),
    placeholderData: keepPreviousData,
  })
  const filter = useDebouncedCallback((field: 'actor' | 'action' | 'target', value: string) => {
    const { cursor: _, ...kept } = search
    void navigate({ search: { ...kept, [field]: value.trim() || undefined }, replace: true })
  }, 250)
  return (
    <Page
      title="Audit"
      about="Every change with who made it. Each entry holds a hash of itself and of the one before it."
      actions={<Verification />}
    >
      <Group gap="sm">
        {FILTERS.map(({ field, label }) => (
          <TextInput
            key={field}
            label={label}
            defaultValue={search[field] ?? ''}
            onChange={(event) => filter(field, event.currentTarget.value)}
          />
        ))}
      </Group>
      {error ? (
        <Failure error={error} again={refetch} />
      ) : (
        <DataTable
          label="Audit"
          columns={COLUMNS}
          rows={data?.items}
          keyOf={({ seq }) => String(seq)}
          empty={<Empty title="No entry is like that">Change what is looked for, or leave it empty.</Empty>}
          footer={
            <Pager
              shown={data?.items.length ?? 0}
              isFirst={search.cursor === undefined}
              next={data?.next}
              onGo={(cursor) => void navigate({ search: withCursor(search, cursor) })}
            />
          }
        />
      )}
    </Page>
  )
}

function withCursor({ cursor: _, ...kept }: AuditSearch, cursor: string | undefined): AuditSearch {
  return cursor === undefined ? kept : { ...kept, cursor }
}

const FILTERS = [
  { field: 'actor', label: 'Who' },
  { field: 'action', label: 'Did what' },
  { field: 'target', label: 'To what' },
] as const

type Entry = z.output<(typeof showAudit)['answer']>['items'][number]

const COLUMNS: readonly Column<Entry>[] = [
  { key: 'seq', title: 'Entry', isNumber: true, cell: ({ seq }) => seq },
  { key: 'at', title: 'When', cell: ({ at }) => <Moment at={at} /> },
  { key: 'actor', title: 'Who', cell: ({ actor }) => actor },
  { key: 'action', title: 'Did what', cell: ({ action }) => action },
  { key: 'target', title: 'To what', cell: ({ target }) => target ?? '–' },
  {
    key: 'detail',
    title: 'Details',
    isMinor: true,
    cell: ({ detail }) => <span className={classes.detail}>{detailText(detail)}</span>,
  },
  { key: 'hash', title: 'Hash', isMinor: true, cell: ({ hash }) => <Code>{hash.slice(0, 12)}</Code> },
]

function detailText(detail: unknown): string {
  if (detail === null || detail === undefined) return ''
  return typeof detail === 'string' ? detail : JSON.stringify(detail)
}
