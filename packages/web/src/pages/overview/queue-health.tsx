import { type QueueView, showQueue } from '@offtake/contract/api/queue-routes'
import { useQuery } from '@tanstack/react-query'
import { reading } from '../../api/call.ts'
import { durationText } from '../../parts/duration-text.ts'
import { Failure } from '../../parts/failure.tsx'
import { countText } from '../../parts/number-text.ts'
import { Tile, Tiles } from '../../parts/tile.tsx'
import { useNow } from '../../parts/use-now.ts'

/** How many wait, for how long, and why. */
export function QueueHealth() {
  const now = useNow()
  const { data, error, refetch } = useQuery(reading(showQueue, {}))
  if (error) return <Failure error={error} again={refetch} />
  return (
    <Tiles>
      <Tile
        label="Waiting"
        value={data && countText(data.jobs)}
        note={data && data.jobs > 0 ? `for ${countText(data.accelerators)} accelerators` : 'nobody waits'}
      />
      <Tile
        label="Waits longest"
        value={data && (data.oldest ? durationText(now - Date.parse(data.oldest.since)) : '–')}
        note={data?.oldest?.job}
      />
      <Tile
        label="Waited, of those that started"
        value={data && (data.started ? durationText(data.started.medianSeconds * 1_000) : '–')}
        note={data && startedText(data)}
      />
      <Tile label="Why they wait" value={data && (causeText(data) ?? '–')} note={data && otherCauses(data)} />
    </Tiles>
  )
}

function startedText({ started }: QueueView): string {
  if (!started) return 'none started in the last 24 hours'
  return `median of ${countText(started.jobs)} in 24 hours; nine of ten within ${durationText(started.p90Seconds * 1_000)}`
}

function causeText({ byCause: [first] }: QueueView): string | undefined {
  return first && wordsOf(first.cause)
}

function otherCauses({ byCause, jobs }: QueueView): string {
  const [first, ...others] = byCause
  if (!first) return ''
  const rest = others.map(({ cause, jobs: some }) => `${wordsOf(cause)} ${countText(some)}`)
  return [`${countText(first.jobs)} of ${countText(jobs)}`, ...rest].join(', ')
}

/** The word of an explanation as people write it: noRoom as 'no room'. */
function wordsOf(cause: string): string {
  return cause.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
