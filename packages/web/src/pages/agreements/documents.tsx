import { Code, CopyButton, UnstyledButton } from '@mantine/core'
import type { AgreementView } from '@offtake/contract/api/agreement'
import { Moment } from '../../parts/moment.tsx'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'

type Document = AgreementView['documents'][number]

/** The papers that say what it says. */
export function Documents({ documents }: { readonly documents: readonly Document[] }) {
  return (
    <DataTable
      label="Documents"
      columns={COLUMNS}
      rows={documents}
      keyOf={({ name, sha256, link }) => `${name} ${sha256} ${link}`}
    />
  )
}

const COLUMNS: readonly Column<Document>[] = [
  {
    key: 'name',
    title: 'Document',
    cell: ({ name, link }) =>
      link === null ? (
        name
      ) : (
        <a href={link} target="_blank" rel="noreferrer noopener">
          {name}
        </a>
      ),
  },
  {
    key: 'dated',
    title: 'Dated',
    cell: ({ dated }) => (dated === null ? '–' : <Moment at={dated} as="day" />),
  },
  {
    key: 'sha256',
    title: 'SHA-256',
    isMinor: true,
    cell: ({ sha256 }) =>
      sha256 === null ? (
        '–'
      ) : (
        <CopyButton value={sha256}>
          {({ copied, copy }) => (
            <UnstyledButton onClick={copy} aria-label={`Copy the SHA-256 ${sha256}`}>
              <Code>{copied ? 'copied' : sha256.slice(0, 16)}</Code>
            </UnstyledButton>
          )}
        </CopyButton>
      ),
  },
]
