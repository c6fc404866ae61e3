import { Skeleton, Text } from '@mantine/core'
import { useInViewport } from '@mantine/hooks'
import type { ExplanationView } from '@offtake/contract/api/explanation'
import type { JobView } from '@offtake/contract/api/job-routes'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { problemText } from '../../api/problem-error.ts'
import { Eta } from './eta.tsx'
import { explaining } from './explaining.ts'
import classes from './workloads.module.css'

/** How long a row is looked at before the server is asked about it: not at all while somebody scrolls past. */
const DWELL_MS = 250

/** Why a job waits, until when, and what would start it; asked once the row is seen. */
export function WhyWaiting({ job: { id } }: { readonly job: JobView }) {
  const { ref, inViewport } = useInViewport()
  const isWanted = useDwelt(inViewport)
  const { data, error } = useQuery({ ...explaining(id), enabled: isWanted, retry: false })
  return (
    <div ref={ref} className={classes.why}>
      {data ? <Why explanation={data} /> : isWanted && <NotYet error={error} />}
    </div>
  )
}

function NotYet({ error }: { readonly error: Error | null }) {
  return error ? (
    <Text size="sm" c="dimmed">
      {problemText(error)}
    </Text>
  ) : (
    <Skeleton h={12} w="60%" mt={6} radius="sm" />
  )
}

function Why({ explanation }: { readonly explanation: ExplanationView }) {
  const { state, pools, eta, offers, sentence } = explanation
  const [first] = pools
  const [offer] = offers
  if (state !== 'waiting') return <span>{sentence}</span>
  return (
    <>
      <div>{first ? `${first.pool}: ${first.sentence}` : sentence}</div>
      <div className={classes.whyMore}>
        <Eta eta={eta} />
        {offer && <> · would start it now: {offer.sentence}</>}
      </div>
    </>
  )
}

function useDwelt(isSeen: boolean): boolean {
  const [hasDwelt, setDwelt] = useState(false)
  useEffect(() => {
    if (!isSeen || hasDwelt) return undefined
    const timer = setTimeout(() => setDwelt(true), DWELL_MS)
    return () => clearTimeout(timer)
  }, [isSeen, hasDwelt])
  return hasDwelt
}
