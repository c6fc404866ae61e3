import { SegmentedControl } from '@mantine/core'
import type { WorkloadsSearch } from './workloads-search.ts'

type State = WorkloadsSearch['state']

const TABS: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'running', label: 'Running' },
  { value: 'ended', label: 'Ended' },
]

interface StateTabsProps {
  readonly state: State
  readonly onChoose: (state: State) => void
}

/** Which part of a job's life is looked at. */
export function StateTabs({ state, onChoose }: StateTabsProps) {
  const part = state === undefined ? 'all' : TABS.some(({ value }) => value === state) ? state : 'ended'
  return (
    <SegmentedControl
      aria-label="State"
      data={[...TABS]}
      value={part}
      onChange={(value) => onChoose(value === 'all' ? undefined : (value as State))}
      w="fit-content"
    />
  )
}
