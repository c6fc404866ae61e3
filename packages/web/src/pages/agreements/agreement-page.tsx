import { Skeleton, Tabs } from '@mantine/core'
import type { AgreementView } from '@offtake/contract/api/agreement'
import { showAgreement } from '@offtake/contract/api/agreement-routes'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { reading } from '../../api/call.ts'
import { Failure } from '../../parts/failure.tsx'
import { Page } from '../../parts/page.tsx'
import { StateMark } from '../../parts/state-mark.tsx'
import { AgreementTerms } from './agreement-terms.tsx'
import { PARTS } from './agreements-search.ts'
import { FileEditor } from './file-editor.tsx'
import { SignButton } from './sign-button.tsx'
import { plainWords, STANDING_TEXTS, STATE_TONES } from './state-tones.ts'
import { Versions } from './versions.tsx'
import { WaitingNote } from './waiting-note.tsx'

const { useParams, useSearch, useNavigate } = getRouteApi('/agreements/$id')

const TITLES = { terms: 'Terms', versions: 'Versions', file: 'File' } as const

/** One agreement: what it promises and what became of it, how it came to be so, and its text. */
export function AgreementPage() {
  const { id } = useParams()
  const { data, error, refetch } = useQuery(reading(showAgreement, { params: { id } }))
  if (error)
    return (
      <Page title={id}>
        <Failure error={error} again={refetch} />
        <Link to="/agreements">All agreements</Link>
      </Page>
    )
  if (!data)
    return (
      <Page title={id}>
        <Skeleton h={320} />
      </Page>
    )
  const apart = STANDING_TEXTS[data.standing]
  return (
    <Page
      title={data.title}
      about={
        <>
          <Link to="/agreements" search={{ provider: data.provider }}>
            {data.provider}
          </Link>{' '}
          · {plainWords(data.instrument)}
          {apart && ` · ${apart}`} · <StateMark text={data.state} tone={STATE_TONES[data.state]} />
        </>
      }
      actions={<SignButton agreement={data} />}
    >
      <WaitingNote agreement={id} />
      <Parts agreement={data} />
    </Page>
  )
}

function Parts({ agreement }: { readonly agreement: AgreementView }) {
  const { part = 'terms' } = useSearch()
  const navigate = useNavigate()
  return (
    <Tabs
      value={part}
      onChange={(value) => {
        const next = PARTS.find((one) => one === value)
        void navigate({ search: next && next !== 'terms' ? { part: next } : {} })
      }}
      keepMounted={false}
    >
      <Tabs.List mb="lg">
        {PARTS.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {TITLES[one]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="terms">
        <AgreementTerms agreement={agreement} />
      </Tabs.Panel>
      <Tabs.Panel value="versions">
        <Versions id={agreement.id} />
      </Tabs.Panel>
      <Tabs.Panel value="file">
        <FileEditor id={agreement.id} />
      </Tabs.Panel>
    </Tabs>
  )
}
