import { Button, SegmentedControl, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { problemText } from '../../api/problem-error.ts'
import { Finder } from './finder.tsx'
import classes from './fleet-page.module.css'
import type { FleetSearch } from './fleet-search.ts'
import type { Go } from './go.ts'
import type { FleetModel } from './map/fleet-model.ts'
import type { ColourMode } from './map/looks.ts'
import type { Search } from './use-sought.ts'

const MODES: readonly { readonly value: ColourMode; readonly label: string }[] = [
  { value: 'tenant', label: 'Who uses it' },
  { value: 'lending', label: 'Own or lent' },
  { value: 'health', label: 'Health' },
  { value: 'fragments', label: 'Fragments' },
]

interface ToolbarProps {
  readonly model: FleetModel
  readonly search: FleetSearch
  readonly sought: Search
  readonly onGo: Go
}

/** Chooses what the colours say, and looks for something on the map. */
export function Toolbar({ model, search, sought, onGo }: ToolbarProps) {
  const isNarrow = useMediaQuery('(max-width: 30em)') ?? false
  return (
    <div className={classes.tools}>
      <SegmentedControl
        aria-label="What the colours say"
        size={isNarrow ? 'xs' : 'sm'}
        fullWidth={isNarrow}
        value={search.colour ?? 'tenant'}
        data={[...MODES]}
        onChange={(value) => onGo({ colour: value === 'tenant' ? undefined : value })}
      />
      <div className={classes.found}>
        <Text size="sm" role="status" c={sought.error ? 'var(--warn)' : 'dimmed'}>
          {sought.error ? problemText(sought.error) : sought.says}
        </Text>
        {(search.job ?? search.tenant) !== undefined && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => onGo({ job: undefined, tenant: undefined })}
          >
            Show all
          </Button>
        )}
        <Finder model={model} search={search} onGo={onGo} />
      </div>
    </div>
  )
}
