import { Anchor, Button, Group, NativeSelect, Text } from '@mantine/core'
import { readLog } from '@offtake/contract/api/job-routes'
import { IconDownload, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Failure } from '../../../parts/failure.tsx'
import { countText } from '../../../parts/number-text.ts'
import { Section } from '../../../parts/page.tsx'
import { LogReader, type LogState } from './log-reader.ts'
import { LogView } from './log-view.tsx'

const { useSearch, useNavigate } = getRouteApi('/workloads/$id')

interface JobOutputProps {
  readonly id: string
  /** How often it was stopped: it had one stay more, or will have. */
  readonly evictions: number
  readonly isAlive: boolean
  /** Whether something real runs, or ran last: of one that waits again nobody knows. */
  readonly isSure: boolean
}

/** What the process of a job says, as it says it. */
export function JobOutput({ id, evictions, isAlive, isSure }: JobOutputProps) {
  const [isAsked, ask] = useState(false)
  const { stay } = useSearch()
  const navigate = useNavigate()
  const chosen = stay === undefined || !/^\d{1,6}$/.test(stay) ? undefined : Number(stay)
  return (
    <Section
      title="Output"
      actions={
        <Group gap="sm" align="flex-end">
          {evictions > 0 && (
            <NativeSelect
              size="xs"
              aria-label="Of which stay"
              value={chosen ?? ''}
              data={[
                { value: '', label: 'the latest stay' },
                ...Array.from({ length: evictions }, (_, one) => ({
                  value: String(one),
                  label: `stay ${one + 1}`,
                })),
              ]}
              onChange={(event) =>
                void navigate({
                  search: event.currentTarget.value === '' ? {} : { stay: event.currentTarget.value },
                  replace: true,
                })
              }
            />
          )}
          <Anchor href={pathOfWhole(id, chosen)} download={`${id.replaceAll('/', '-')}.log`} size="sm">
            <IconDownload size={14} stroke={1.6} aria-hidden="true" /> All of it
          </Anchor>
        </Group>
      }
    >
      {isSure || isAsked ? (
        <Followed key={`${id} ${chosen}`} id={id} stay={chosen} isAlive={isAlive} />
      ) : (
        <Button variant="default" size="xs" w="fit-content" onClick={() => ask(true)}>
          Show what it has said
        </Button>
      )}
    </Section>
  )
}

function pathOfWhole(id: string, stay: number | undefined): string {
  const path = readLog.path.replace('{id}', encodeURIComponent(id))
  return stay === undefined ? path : `${path}?stay=${stay}`
}

interface FollowedProps {
  readonly id: string
  readonly stay: number | undefined
  readonly isAlive: boolean
}

function Followed({ id, stay, isAlive }: FollowedProps) {
  const [reader] = useState(() => new LogReader(id, stay))
  const version = useSyncExternalStore(reader.watch, () => reader.version)
  useEffect(() => {
    void reader.follow()
    return () => reader.close()
  }, [reader])
  useEffect(() => {
    reader.isAlive = isAlive
  }, [reader, isAlive])
  const { state, lines } = reader
  if (state.kind === 'none') return <Failure error={state.error} />
  return (
    <>
      <LogView lines={lines} version={version} label={`Output of ${id}`} />
      <Group justify="space-between">
        <Text size="sm" c={state.kind === 'lost' ? 'var(--warn)' : 'dimmed'} role="status">
          {stateText(state)}
          {lines.gone > 0 && ` ${countText(lines.gone)} earlier lines are not kept here.`}
        </Text>
        <Stopping reader={reader} state={state} />
      </Group>
    </>
  )
}

function Stopping({ reader, state: { kind } }: { readonly reader: LogReader; readonly state: LogState }) {
  if (kind === 'ended') return null
  const isStopped = kind === 'stopped'
  const Icon = isStopped ? IconPlayerPlay : IconPlayerPause
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      leftSection={<Icon size={15} stroke={1.6} />}
      onClick={() => (isStopped ? void reader.follow() : reader.stop())}
    >
      {isStopped ? 'Follow again' : 'Stop following'}
    </Button>
  )
}

function stateText({ kind }: LogState): string {
  switch (kind) {
    case 'opening':
      return 'Asking for what it has said.'
    case 'following':
      return 'Shown as it is said.'
    case 'lost':
      return 'Cut off from the server; asked again by itself.'
    case 'stopped':
      return 'No longer followed.'
    case 'ended':
      return 'That is all it said.'
    case 'none':
      return ''
  }
}
