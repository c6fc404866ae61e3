import { Button, Skeleton, Text } from '@mantine/core'
import { type JobView, listStays } from '@offtake/contract/api/job-routes'
import type { StayView } from '@offtake/contract/api/stay'
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { call } from '../../../api/call.ts'
import { durationText } from '../../../parts/duration-text.ts'
import { Failure } from '../../../parts/failure.tsx'
import { Moment } from '../../../parts/moment.tsx'
import { countText } from '../../../parts/number-text.ts'
import { Section } from '../../../parts/page.tsx'
import { type Column, DataTable } from '../../../parts/table/data-table.tsx'
import { useNow } from '../../../parts/use-now.ts'
import classes from './job-time-line.module.css'
import { endText, rangesText } from './stay-text.ts'
import { TimeLineChart } from './time-line-chart.tsx'
import { timeLineOf } from './time-line-layout.ts'

const AT_ONCE = 200

function readingStays(id: string) {
  return infiniteQueryOptions({
    queryKey: [listStays.id, id] as const,
    queryFn: async ({ pageParam }) => {
      const query = { limit: AT_ONCE, ...(pageParam === '' ? {} : { cursor: pageParam }) }
      return (await call(listStays, { params: { id }, query })).value
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
}

/** Where a job was when: its waits, its stays, and why each ended. */
export function JobTimeLine({ job }: { readonly job: JobView }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    readingStays(job.id),
  )
  const now = useNow()
  const stays = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const line = useMemo(() => timeLineOf(job, stays, now), [job, stays, now])
  if (error) return <Failure error={error} again={refetch} />
  if (!data) return <Skeleton h={140} />
  return (
    <Section title="Time line" about={summaryOf(stays, hasNextPage)}>
      <TimeLineChart line={line} label={`Time line of ${job.name}`} />
      {stays.length > 0 && (
        <DataTable
          label="Stays"
          columns={COLUMNS}
          rows={stays}
          keyOf={({ stay, start }) => `${stay} ${start}`}
          footer={
            hasNextPage ? (
              <Button
                size="compact-sm"
                variant="subtle"
                loading={isFetchingNextPage}
                onClick={() => fetchNextPage()}
              >
                Show later stays
              </Button>
            ) : undefined
          }
        />
      )}
    </Section>
  )
}

function summaryOf(stays: readonly StayView[], hasMore: boolean): string {
  if (stays.length === 0) return 'It has not run yet'
  const lost = stays.reduce((sum, { lostSeconds }) => sum + lostSeconds, 0)
  const counted = `${hasMore ? 'the first ' : ''}${stays.length} ${stays.length === 1 ? 'stay' : 'stays'}`
  return lost > 0 ? `${counted}; ${durationText(lost * 1_000)} of its work were lost` : counted
}

const COLUMNS: readonly Column<StayView>[] = [
  { key: 'stay', title: 'Stay', isNumber: true, cell: ({ stay }) => stay + 1 },
  { key: 'start', title: 'From', cell: ({ start }) => <Moment at={start} /> },
  { key: 'end', title: 'Until', cell: ({ end }) => (end === null ? 'now' : <Moment at={end} />) },
  { key: 'for', title: 'For', isNumber: true, isMinor: true, cell: (stay) => <RanFor stay={stay} /> },
  { key: 'where', title: 'Where', cell: ({ places }) => <Places places={places} /> },
  { key: 'because', title: 'Why it ended', cell: ({ because }) => endText(because) },
  {
    key: 'lost',
    title: 'Work lost',
    isNumber: true,
    isMinor: true,
    cell: ({ lostSeconds }) => (lostSeconds === 0 ? '–' : durationText(lostSeconds * 1_000)),
  },
]

function RanFor({ stay: { start, end } }: { readonly stay: StayView }) {
  const now = useNow()
  return durationText((end === null ? now : Date.parse(end)) - Date.parse(start))
}

function Places({ places }: Pick<StayView, 'places'>) {
  return places.map(({ role, pool, accelerators, nodes }) => (
    <div key={`${role} ${pool}`} className={classes.place}>
      {places.length > 1 && `${role}: `}
      {pool}
      <Text span size="xs" c="dimmed" ml={8}>
        {countText(accelerators)} on {nodes.length === 1 && nodes[0]?.count === 1 ? 'node' : 'nodes'}{' '}
        {rangesText(nodes)}
      </Text>
    </div>
  ))
}
