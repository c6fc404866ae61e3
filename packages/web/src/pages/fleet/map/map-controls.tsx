import { UnstyledButton } from '@mantine/core'
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react'
import classes from './fleet-canvas.module.css'
import type { FleetMap } from './fleet-map.ts'
import type { FleetModel } from './fleet-model.ts'

const STEP = 1.8

/** The buttons that zoom, and where on the map one is. */
export function MapControls({
  map,
  model,
}: {
  readonly map: FleetMap
  readonly model: FleetModel
  readonly drawn: number
}) {
  const where = whereText(map, model)
  return (
    <div className={classes.controls}>
      <div className={classes.buttons}>
        <UnstyledButton aria-label="Zoom in" onClick={() => map.glideZoom(STEP)}>
          <IconPlus size={16} stroke={1.6} />
        </UnstyledButton>
        <UnstyledButton aria-label="Zoom out" onClick={() => map.glideZoom(1 / STEP)}>
          <IconMinus size={16} stroke={1.6} />
        </UnstyledButton>
        <UnstyledButton aria-label="Show the whole fleet" onClick={() => map.showAll()}>
          <IconFocusCentered size={16} stroke={1.6} />
        </UnstyledButton>
      </div>
      <span className={classes.where}>{where ?? 'Drag to move, scroll to zoom, click a domain'}</span>
    </div>
  )
}

const NEAR = 1.15

/** Nothing where all of it is in sight. */
function whereText(map: FleetMap, { state }: FleetModel): string | undefined {
  const { layout, view } = map
  if (!layout || view.scale < NEAR) return undefined
  const at = map.middle()
  const pool = at < 0 ? undefined : state.poolAt(at)
  return pool && `${pool.id} · block ${state.value('block', at)}`
}
