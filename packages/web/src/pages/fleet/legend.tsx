import { UnstyledButton } from '@mantine/core'
import { useCallback } from 'react'
import { countText } from '../../parts/number-text.ts'
import classes from './fleet-page.module.css'
import type { Go } from './go.ts'
import { entriesOf, type LegendEntry } from './legend-entries.ts'
import type { FleetModel } from './map/fleet-model.ts'
import type { ColourMode } from './map/looks.ts'
import { KIND_VARIABLES } from './map/map-colours.ts'
import { useOfFleet } from './use-fleet.ts'

interface LegendProps {
  readonly model: FleetModel
  readonly mode: ColourMode
  readonly tenant: string | undefined
  readonly onGo: Go
}

/** What the colours mean, and how many domains have each. A tenant can be shown alone. */
export function Legend({ model, mode, tenant, onGo }: LegendProps) {
  const of = useCallback((now: FleetModel) => entriesOf(now, mode), [mode])
  const entries = useOfFleet(model, of)
  return (
    <ul className={classes.legend} aria-label="What the colours mean, and how many domains have each">
      {entries.map((entry) => (
        <li key={entry.label}>
          {entry.tenant === undefined ? (
            <span className={classes.entry}>
              <Entry entry={entry} />
            </span>
          ) : (
            <UnstyledButton
              className={classes.entry}
              aria-pressed={tenant === entry.tenant}
              onClick={() =>
                onGo({ tenant: tenant === entry.tenant ? undefined : entry.tenant, job: undefined })
              }
            >
              <Entry entry={entry} />
            </UnstyledButton>
          )}
        </li>
      ))}
    </ul>
  )
}

function Entry({ entry: { kind, label, domains } }: { readonly entry: LegendEntry }) {
  const color = `var(${KIND_VARIABLES[kind]})`
  const isFrame = kind === 'out'
  return (
    <>
      <span
        className={classes.swatch}
        style={isFrame ? { boxShadow: `inset 0 0 0 2px ${color}` } : { background: color }}
      />
      <span>{label}</span>
      <span className={classes.count}>{countText(domains)}</span>
    </>
  )
}
