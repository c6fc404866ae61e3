import { Group, Text, Tooltip } from '@mantine/core'
import classes from './live-state.module.css'
import { useFeedState } from './use-feed.ts'

const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })

/** Says whether what is shown follows what happens. */
export function LiveState() {
  const state = useFeedState()
  const { label, says } = describe(state)
  return (
    <Tooltip label={says} openDelay={200}>
      <Group gap={7} role="status" wrap="nowrap">
        <span className={classes.dot} data-state={state.kind} />
        <Text size="sm" c={state.kind === 'lost' ? 'var(--warn)' : 'dimmed'}>
          {label}
        </Text>
      </Group>
    </Tooltip>
  )
}

function describe(state: ReturnType<typeof useFeedState>): { readonly label: string; readonly says: string } {
  switch (state.kind) {
    case 'live':
      return { label: 'Live', says: 'What happens is shown as it happens' }
    case 'connecting':
      return { label: 'Connecting', says: 'The stream of events is being opened' }
    case 'lost': {
      const since = CLOCK.format(state.since)
      return {
        label: `Reconnecting since ${since}`,
        says: 'The server cannot be reached. Nothing is lost: what happens meanwhile is shown once it answers again.',
      }
    }
  }
}
