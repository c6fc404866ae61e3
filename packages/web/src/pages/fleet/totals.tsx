import { Badge, Group } from '@mantine/core'
import { countText, shareText } from '../../parts/number-text.ts'
import { Section } from '../../parts/page.tsx'
import { type Column, DataTable } from '../../parts/table/data-table.tsx'
import type { Go } from './go.ts'
import type { FleetModel } from './map/fleet-model.ts'
import { type Sums, sumsOfPools, sumsOfProviders } from './totals-of.ts'
import { useOfFleet } from './use-fleet.ts'

interface TotalsProps {
  readonly model: FleetModel
  readonly pool: string | undefined
  readonly onGo: Go
}

/** The same as on the map in numbers: by provider, and by pool. */
export function Totals({ model, pool, onGo }: TotalsProps) {
  const pools = useOfFleet(model, sumsOfPools).filter(({ domains }) => domains > 0)
  return (
    <>
      <Section title="Providers" about="Accelerators, and nodes that drain, are out of service or failed.">
        <DataTable
          label="Providers"
          columns={[named('Provider'), ...COLUMNS]}
          rows={sumsOfProviders(pools)}
          keyOf={({ id }) => id}
        />
      </Section>
      <Section title="Pools" about="Enter, or a click, shows one on the map.">
        <DataTable
          label="Pools"
          columns={[named('Pool'), ...COLUMNS]}
          rows={pools}
          keyOf={({ id }) => id}
          isSelected={({ id }) => id === pool}
          onOpen={({ id }) => {
            onGo({ pool: id, domain: undefined, node: undefined })
            document.querySelector('#main canvas')?.scrollIntoView({ block: 'center' })
          }}
        />
      </Section>
    </>
  )
}

function named(title: string): Column<Sums> {
  return {
    key: 'id',
    title,
    cell: ({ id, isSimulated }) => (
      <Group gap={8} wrap="nowrap">
        {id}
        {isSimulated && (
          <Badge size="xs" variant="default" tt="none" fw={500} style={{ flex: 'none' }}>
            simulated
          </Badge>
        )}
      </Group>
    ),
  }
}

function count(key: keyof Sums & string, title: string, isMinor = false): Column<Sums> {
  return {
    key,
    title,
    isNumber: true,
    isMinor,
    cell: (sums) => {
      const value = sums[key]
      return typeof value !== 'number' || value === 0 ? '–' : countText(value)
    },
  }
}

const COLUMNS: readonly Column<Sums>[] = [
  count('domains', 'Domains'),
  count('total', 'Accelerators'),
  count('held', 'Held'),
  {
    key: 'share',
    title: 'Share',
    isNumber: true,
    cell: ({ total, held }) => (total === 0 ? '–' : shareText(held / total)),
  },
  count('free', 'Free'),
  count('wholeFree', 'Whole domains free', true),
  count('borrowed', 'Borrowed', true),
  count('draining', 'Draining', true),
  count('out', 'Out', true),
  count('failed', 'Failed', true),
]
