import { Skeleton, Stack, Text } from '@mantine/core'
import type { ExplanationView } from '@offtake/contract/api/explanation'
import type { JobView } from '@offtake/contract/api/job-routes'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Failure } from '../../../parts/failure.tsx'
import { Moment } from '../../../parts/moment.tsx'
import { countText } from '../../../parts/number-text.ts'
import { Section } from '../../../parts/page.tsx'
import { type Column, DataTable } from '../../../parts/table/data-table.tsx'
import { Eta } from '../eta.tsx'
import { explainedAgainMs, explaining } from '../explaining.ts'
import classes from './explained.module.css'

/** Why a job waits and what would start it, or until when it runs. */
export function Explained({ job: { id, state } }: { readonly job: JobView }) {
  const { data, error, refetch } = useQuery({
    ...explaining(id),
    refetchInterval: state === 'waiting' ? explainedAgainMs : false,
  })
  if (error) return <Failure error={error} again={refetch} />
  if (!data) return <Skeleton h={120} />
  if (data.state === 'running') return <UntilWhen explanation={data} />
  if (data.state === 'ended') return null
  return <Waiting explanation={data} />
}

function UntilWhen({ explanation: { until } }: { readonly explanation: ExplanationView }) {
  if (until === null) return null
  return (
    <Text>
      Expected to end <Moment at={until} as="relative" />, on <Moment at={until} />.
    </Text>
  )
}

function Waiting({ explanation }: { readonly explanation: ExplanationView }) {
  const { since, eta, pools, offers, holders, at } = explanation
  return (
    <Section
      title="Why it waits"
      about={
        <>
          As of <Moment at={at} />
        </>
      }
    >
      <Text className={classes.headline}>
        {since !== null && (
          <>
            Waits since <Moment at={since} as="relative" />;{' '}
          </>
        )}
        <Eta eta={eta} />.
      </Text>
      {offers.length > 0 && <Offers offers={offers} />}
      <DataTable
        label="Why it does not start, pool by pool"
        columns={POOLS}
        rows={pools}
        keyOf={({ pool }) => pool}
        empty={null}
      />
      {holders.length > 0 && <Holders holders={holders} />}
    </Section>
  )
}

function Offers({ offers }: Pick<ExplanationView, 'offers'>) {
  return (
    <Stack gap={6}>
      <Text fw={600} size="sm">
        What would start it now
      </Text>
      <ol className={classes.offers}>
        {offers.map(({ sentence }) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
      <Text size="xs" c="dimmed">
        Each was tried on a copy of the allocator; the first takes least away.
      </Text>
    </Stack>
  )
}

const POOLS: readonly Column<ExplanationView['pools'][number]>[] = [
  { key: 'pool', title: 'Pool', cell: ({ pool }) => pool },
  {
    key: 'why',
    title: 'Why it does not start there',
    cell: ({ sentence }) => <span className={classes.sentence}>{sentence}</span>,
  },
]

type Holder = ExplanationView['holders'][number]

function Holders({ holders }: { readonly holders: readonly Holder[] }) {
  return (
    <Stack gap={6} mt="xs">
      <Text fw={600} size="sm">
        Who holds the place where it will start
      </Text>
      <DataTable
        label="Who holds its place"
        columns={HOLDERS}
        rows={holders}
        keyOf={({ job, until }) => `${job} ${until}`}
      />
    </Stack>
  )
}

const HOLDERS: readonly Column<Holder>[] = [
  {
    key: 'job',
    title: 'Job',
    cell: ({ job }) =>
      job === null ? (
        'not yours to see'
      ) : (
        <Link to="/workloads/$id" params={{ id: job }}>
          {job}
        </Link>
      ),
  },
  { key: 'tenant', title: 'Tenant', cell: ({ tenant }) => tenant ?? '–' },
  {
    key: 'accelerators',
    title: 'Accelerators',
    isNumber: true,
    cell: ({ accelerators }) => countText(accelerators),
  },
  { key: 'until', title: 'Until', cell: ({ until }) => <Moment at={until} /> },
]
