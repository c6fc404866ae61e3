import { Anchor, Skeleton } from '@mantine/core'
import { showTenant, type TenantView } from '@offtake/contract/api/tenant-routes'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { readingToEdit } from '../../../api/call.ts'
import { Facts } from '../../../parts/facts.tsx'
import { Failure } from '../../../parts/failure.tsx'
import { countText } from '../../../parts/number-text.ts'
import { Page, Section } from '../../../parts/page.tsx'
import { Windows } from '../../windows/windows.tsx'
import { Holdings } from '../holdings.tsx'
import { SetQuota } from './set-quota.tsx'
import { ShareHistory } from './share-history.tsx'

const { useParams } = getRouteApi('/tenants/$id')

/** One tenant: what it has now, what it had, and what it runs. */
export function TenantPage() {
  const { id } = useParams()
  const { data, error, refetch } = useQuery(readingToEdit(showTenant, { params: { id } }))
  return (
    <Page
      title={data?.value.name ?? id}
      about={
        <Anchor component={Link} to="/tenants">
          All tenants
        </Anchor>
      }
      actions={data && <SetQuota tenant={data.value} match={data.etag} />}
    >
      {error && <Failure error={error} again={refetch} />}
      {data ? <OneTenant tenant={data.value} /> : !error && <Skeleton h={240} />}
    </Page>
  )
}

function OneTenant({ tenant }: { readonly tenant: TenantView }) {
  const { id, name, parent, weight, borrowLimit, holdings } = tenant
  return (
    <>
      <Facts
        facts={[
          ['Id', name === id ? null : id],
          [
            'Below',
            parent && (
              <Link to="/tenants/$id" params={{ id: parent }}>
                {parent}
              </Link>
            ),
          ],
          ['Weight', weight],
          ['May borrow', borrowLimit === null ? 'as much as is free' : `${countText(borrowLimit)} at most`],
          [
            'Its work',
            <span key="work">
              <Link to="/workloads" search={{ tenant: id }}>
                jobs
              </Link>
              ,{' '}
              <Link to="/services" search={{ tenant: id }}>
                services
              </Link>
            </span>,
          ],
        ]}
      />
      <Section
        title="Now"
        about="Its own by quota with what those below it have, what it uses, borrows and lends"
      >
        <Holdings holdings={holdings} />
      </Section>
      <ShareHistory id={id} />
      <Windows tenant={id} />
    </>
  )
}
