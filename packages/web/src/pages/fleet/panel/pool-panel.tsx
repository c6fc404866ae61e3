import { Badge, Text } from '@mantine/core'
import { useCallback } from 'react'
import { countText, shareText } from '../../../parts/number-text.ts'
import type { Go } from '../go.ts'
import type { FleetModel } from '../map/fleet-model.ts'
import { sumsOfPools } from '../totals-of.ts'
import { useOfFleet } from '../use-fleet.ts'
import classes from './panel.module.css'
import { Panel } from './panel.tsx'

interface PoolPanelProps {
  readonly model: FleetModel
  readonly pool: string
  readonly onGo: Go
  readonly onClose: () => void
}

/** A pool as a whole. */
export function PoolPanel({ model, pool, onGo, onClose }: PoolPanelProps) {
  const of = useCallback((now: FleetModel) => sumsOfPools(now).find(({ id }) => id === pool), [pool])
  const sums = useOfFleet(model, of)
  if (!sums)
    return (
      <Panel title={pool} about="" onClose={onClose}>
        <Text size="sm">There is no pool of that name.</Text>
      </Panel>
    )
  const rows: readonly (readonly [string, string])[] = [
    ['Domains', countText(sums.domains)],
    ['Accelerators', countText(sums.total)],
    ['Held', sums.total === 0 ? '0' : `${countText(sums.held)} (${shareText(sums.held / sums.total)})`],
    ['Borrowed, of those', countText(sums.borrowed)],
    ['Free', countText(sums.free)],
    ['Domains free as a whole', countText(sums.wholeFree)],
    ['Nodes draining', countText(sums.draining)],
    ['Nodes out of service', countText(sums.out)],
    ['Nodes failed', countText(sums.failed)],
  ]
  return (
    <Panel title={pool} about={`A pool of ${sums.provider}`} onClose={onClose}>
      {sums.isSimulated && (
        <Badge variant="default" tt="none" fw={500}>
          simulated
        </Badge>
      )}
      <dl className={classes.facts}>
        {rows.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Text size="sm" c="dimmed">
        Choose a domain on the map to see its nodes, or{' '}
        <button type="button" className={classes.link} onClick={() => onGo({ domain: 0 })}>
          begin with domain 0
        </button>
        .
      </Text>
    </Panel>
  )
}
