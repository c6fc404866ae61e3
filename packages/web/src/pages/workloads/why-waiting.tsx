import { Button, Skeleton, Text } from '@mantine/core'
import { useInViewport } from '@mantine/hooks'
import type { ExplanationView } from '@offtake/contract/api/explanation'
import type { JobView } from '@offtake/contract/api/job-routes'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { problemText } from '../../api/problem-error.ts'
import { Eta } from './eta.tsx'
import { explaining, useIsCostly } from './explaining.ts'
import classes from './workloads.module.css'

/** How long a row is looked at before the server is asked about it: not at all while somebody scrolls past. */
const DWELL_MS = 250

/** Why a job waits, until when, and what would start it; asked once the row is seen, or where that is costly, once it is asked for. */
export function WhyWaiting({ job: { id } }: { readonly job: JobView }) {
  const { ref, inViewport } = useInViewport()
  const isSeen = useDwelt(inViewport)
  const [isAsked, setAsked] = useState(false)
  const isCostly = useIsCostly()
  const isWanted = isAsked || (isSeen && !isCostly)
  const { data, error, isFetching } = useQuery({
    ...explaining(id, isAsked ? 'asked' : 'seen'),
    enabled: isWanted,
  })
  return (
    <div ref={ref} className={classes.why}>
      {data ? (
        <Why explanation={data} />
      ) : isFetching ? (
        <Skeleton h={12} w="60%" mt={6} radius="sm" />
      ) : isCostly && !isAsked ? (
        <AskWhy onAsk={() => setAsked(true)} />
      ) : (
        error && (
          <Text size="sm" c="dimmed">
            {problemText(error)}
          </Text>
        )
      )}
    </div>
  )
}

function AskWhy({ onAsk }: { readonly onAsk: () => void }) {
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      title="To explain takes the server a while, so it is asked for one job at a time"
      onClick={(event) => {
        event.stopPropagation()
        onAsk()
      }}
    >
      Ask why
    </Button>
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
