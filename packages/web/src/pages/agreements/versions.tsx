import { Stack } from '@mantine/core'
import { listAgreementVersions, showAgreementVersion } from '@offtake/contract/api/agreement-routes'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { z } from 'zod'
import { reading } from '../../api/call.ts'
import { DiffView } from '../../parts/diff/diff-view.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Moment } from '../../parts/moment.tsx'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'
import { actionText } from './action-texts.ts'

const { useSearch, useNavigate } = getRouteApi('/agreements/$id')

type Version = z.output<(typeof listAgreementVersions)['answer']>['items'][number]

/** Every version with who made it and who approved it, and what it changed. */
export function Versions({ id }: { readonly id: string }) {
  const { version: chosen } = useSearch()
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery(reading(listAgreementVersions, { params: { id } }))
  if (error) return <Failure error={error} again={refetch} />
  const versions = data?.items ?? []
  const at = Math.max(
    0,
    versions.findIndex(({ version }) => String(version) === chosen),
  )
  const shown = versions[at]
  return (
    <Stack gap="lg">
      <DataTable
        label="Versions"
        columns={COLUMNS}
        rows={data?.items}
        keyOf={({ version }) => String(version)}
        isSelected={({ version }) => version === shown?.version}
        onOpen={({ version }) =>
          void navigate({ search: { part: 'versions', version: String(version) }, replace: true })
        }
      />
      {shown && <Change id={id} version={shown} before={versions[at + 1]} />}
    </Stack>
  )
}

interface ChangeProps {
  readonly id: string
  readonly version: Version
  readonly before: Version | undefined
}

function Change({ id, version, before }: ChangeProps) {
  const after = useVersionText(id, version)
  const was = useVersionText(id, before)
  if (after === undefined || was === undefined) return null
  const label = before
    ? `Version ${version.version}, from version ${before.version}`
    : `Version ${version.version}`
  return <DiffView label={label} before={was} after={after} />
}

/** The text of a version; empty where there is none, nothing while it is read. */
function useVersionText(id: string, version: Version | undefined): string | undefined {
  const isThere = version !== undefined && !version.removed
  const params = { id, version: version?.version ?? 1 }
  const { data } = useQuery({
    ...reading(showAgreementVersion, { params }),
    enabled: isThere,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return isThere ? data?.text : ''
}

const COLUMNS: readonly Column<Version>[] = [
  { key: 'version', title: 'Version', isNumber: true, cell: ({ version }) => version },
  { key: 'at', title: 'When', cell: ({ at }) => <Moment at={at} /> },
  { key: 'actor', title: 'Who', cell: ({ actor }) => actor },
  { key: 'action', title: 'Why', cell: ({ action }) => actionText(action) },
  { key: 'approvedBy', title: 'Approved by', cell: ({ approvedBy }) => approvedBy ?? '–' },
]
