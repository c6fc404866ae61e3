import { Group, Text } from '@mantine/core'
import type { ExplanationView } from '@offtake/contract/api/explanation'
import { type JobView, showJob } from '@offtake/contract/api/job-routes'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { reading } from '../../../api/call.ts'
import { Moment } from '../../../parts/moment.tsx'
import { Eta } from '../eta.tsx'
import { explaining } from '../explaining.ts'
import { JobState } from '../job-state.tsx'
import classes from './outcome.module.css'

/** What became of a job that was submitted, followed as it goes on. */
export function Outcome({ id }: { readonly id: string }) {
  const { data: job } = useQuery(reading(showJob, { params: { id } }))
  if (!job) return null
  return (
    <section className={classes.outcome} aria-label={`What became of ${job.name}`}>
      <Group gap="md">
        <JobState state={job.state} />
        <Link to="/workloads/$id" params={{ id }}>
          {job.name}
        </Link>
      </Group>
      <Text component="div">
        <WhatBecame job={job} />
      </Text>
    </section>
  )
}

function WhatBecame({ job }: { readonly job: JobView }) {
  switch (job.state) {
    case 'waiting':
      return <Waits id={job.id} />
    case 'running':
      return (
        <>
          Placed in {job.pool}
          {job.simulated && ' (simulated)'}, {job.startedAt && <Moment at={job.startedAt} as="relative" />}.
        </>
      )
    default:
      return (
        <>
          It has {job.state === 'cancelled' ? 'been cancelled' : job.state}
          {job.endedAt && (
            <>
              , <Moment at={job.endedAt} as="relative" />
            </>
          )}
          .
        </>
      )
  }
}

function Waits({ id }: { readonly id: string }) {
  const { data } = useQuery(explaining(id))
  if (!data) return 'Waits; the server works out why.'
  return <Because explanation={data} />
}

function Because({ explanation: { pools, eta, offers } }: { readonly explanation: ExplanationView }) {
  const [first] = pools
  const [offer] = offers
  return (
    <>
      Waits{first && `: in ${first.pool} ${first.sentence}`}; <Eta eta={eta} />.
      {offer && <div className={classes.offer}>What would start it now: {offer.sentence}.</div>}
    </>
  )
}
