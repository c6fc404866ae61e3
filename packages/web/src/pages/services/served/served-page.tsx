import { Anchor, Skeleton, Text } from '@mantine/core'
import { listJobs } from '@offtake/contract/api/job-routes'
import { showService } from '@offtake/contract/api/served-routes'
import type { ServiceView } from '@offtake/contract/api/service'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { reading } from '../../../api/call.ts'
import { Facts } from '../../../parts/facts.tsx'
import { Failure } from '../../../parts/failure.tsx'
import { countText } from '../../../parts/number-text.ts'
import { Page, Section } from '../../../parts/page.tsx'
import { DataTable } from '../../../parts/table/data-table.tsx'
import { HoldingsOf } from '../../tenants/holdings.tsx'
import { jobColumns } from '../../workloads/job-columns.tsx'
import { ServiceActions } from './served-actions.tsx'
import { ServiceHistory } from './served-history.tsx'

const { useParams } = getRouteApi('/services/$id')

/** One service: what is wanted of it, what runs, and on whose capacity. */
export function ServicePage() {
  const { id } = useParams()
  const { data: service, error, refetch } = useQuery(reading(showService, { params: { id } }))
  return (
    <Page
      title={id}
      about={
        <Anchor component={Link} to="/services">
          All services
        </Anchor>
      }
      actions={service && <ServiceActions service={service} />}
    >
      {error && <Failure error={error} again={refetch} />}
      {service ? <OneService service={service} /> : !error && <Skeleton h={240} />}
    </Page>
  )
}

function OneService({ service }: { readonly service: ServiceView }) {
  const { id, tenant, wanted, running, waiting, draining, accelerators, follows, source } = service
  return (
    <>
      <Facts
        facts={[
          ['Wanted', countText(wanted)],
          ['Running', countText(running)],
          ['Waiting', countText(waiting)],
          ['Draining', countText(draining)],
          ['Accelerators of a replica', countText(accelerators)],
          ['Accelerators held', countText((running + draining) * accelerators)],
          ['Follows', follows === 'demand' ? 'demand' : 'a number'],
          ['Stated', source === 'portfolio' ? 'in the portfolio, and changed there' : 'by the API'],
          [
            'Tenant',
            <Link key="tenant" to="/tenants/$id" params={{ id: tenant }}>
              {tenant}
            </Link>,
          ],
        ]}
      />
      <ServiceHistory id={id} />
      <Section title="Lent and reclaimed" about={`What ${tenant} owns and uses, lends to others and borrows`}>
        <HoldingsOf tenant={tenant} />
      </Section>
      <ReplicaJobs id={id} />
    </>
  )
}

const SHOWN = 20

function ReplicaJobs({ id }: { readonly id: string }) {
  const { data } = useQuery(reading(listJobs, { query: { name: id, limit: SHOWN } }))
  return (
    <Section
      title="Replicas"
      about={
        <>
          The latest {SHOWN};{' '}
          <Link to="/workloads" search={{ name: id }}>
            all of them
          </Link>
        </>
      }
    >
      <DataTable
        label="Replicas"
        columns={jobColumns(undefined)}
        rows={data?.items}
        keyOf={(job) => job.id}
        empty={<Text c="dimmed">None was started yet.</Text>}
      />
    </Section>
  )
}
