import { useElementSize, useMediaQuery } from '@mantine/hooks'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { domainText } from './domain-text.ts'
import classes from './fleet-canvas.module.css'
import { FleetMap } from './fleet-map.ts'
import type { FleetModel } from './fleet-model.ts'
import { Gestures } from './gestures.ts'
import { useMapColours } from './map-colours.ts'
import { MapControls } from './map-controls.tsx'
import { NodesInSight } from './nodes-in-sight.tsx'
import type { Sought } from './sought.ts'
import { useTarget } from './use-target.ts'

interface FleetCanvasProps {
  readonly model: FleetModel
  /** The pool, and perhaps the domain of it, that is looked at. */
  readonly pool: string | undefined
  readonly domain: number | undefined
  readonly sought: Sought | undefined
  readonly onPick: (at: number) => void
  /** What lies over the map at the right. */
  readonly children?: ReactNode
}

interface Hovered {
  readonly at: number
  readonly x: number
  readonly y: number
}

/** The whole fleet on a canvas, to be moved and zoomed by hand and by keys. */
export function FleetCanvas({ model, pool, domain, sought, onPick, children }: FleetCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { ref: frame, width, height } = useElementSize()
  const [hovered, setHovered] = useState<Hovered>()
  const [drawn, setDrawn] = useState(0)
  const map = useMap(canvas, model, { pick: onPick, hover: setHovered, drawn: setDrawn })
  const colours = useMapColours()
  const isNarrow = useMediaQuery('(max-width: 62em)') ?? false
  useEffect(() => map?.resize(width, height, Math.min(2, devicePixelRatio)), [map, width, height])
  useEffect(() => map?.paint(colours, getComputedStyle(document.body).fontFamily), [map, colours])
  useEffect(() => map?.seek(sought?.has), [map, sought])
  useTarget(map, model, {
    pool,
    domain,
    sought,
    covered: isNarrow || pool === undefined ? 0 : COVERED,
    isReady: width > 0,
  })
  return (
    <div className={classes.frame}>
      <div className={classes.map} ref={frame}>
        {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it is moved by keys of its own */}
        <canvas
          ref={canvas}
          className={classes.canvas}
          tabIndex={0}
          role="application"
          aria-label="Map of the fleet"
          aria-describedby="fleet-map-keys"
        />
        <p id="fleet-map-keys" className={classes.unseen}>
          Arrows move the map, plus and minus zoom, 0 shows all of it, Enter opens the domain in the middle.
          The tables below say the same in words.
        </p>
        {map && <NodesInSight map={map} model={model} drawn={drawn} />}
        {hovered && <Tip model={model} {...hovered} width={width} />}
      </div>
      {map && <MapControls map={map} model={model} drawn={drawn} />}
      {children}
    </div>
  )
}

/** How much of the map the panel lies over. */
const COVERED = 372

interface MapEvents {
  readonly pick: (at: number) => void
  readonly hover: (hovered: Hovered | undefined) => void
  readonly drawn: (frame: (before: number) => number) => void
}

/** How often what stands around the map is drawn anew while it moves. */
const DRAWN_MS = 120

/** The map on its canvas, for as long as that is there. */
function useMap(canvas: RefObject<HTMLCanvasElement | null>, model: FleetModel, events: MapEvents) {
  const [map, setMap] = useState<FleetMap>()
  const latest = useRef(events)
  latest.current = events
  useEffect(() => {
    if (!canvas.current) return undefined
    let telling: ReturnType<typeof setTimeout> | undefined
    const tell = (): void => {
      telling = undefined
      latest.current.drawn((before) => before + 1)
    }
    const made = new FleetMap(canvas.current, model, {
      drawn: () => {
        telling ??= setTimeout(tell, DRAWN_MS)
      },
    })
    const hover = (at: number, x: number, y: number): void => {
      made.hover(at)
      latest.current.hover(at < 0 ? undefined : { at, x, y })
    }
    const gestures = new Gestures(canvas.current, made, {
      pick: (at) => latest.current.pick(at),
      point: hover,
      leave: () => hover(-1, 0, 0),
    })
    const stop = model.onPaint((changed) => made.changed(changed))
    setMap(made)
    return () => {
      clearTimeout(telling)
      stop()
      gestures.close()
      made.close()
    }
  }, [canvas, model])
  return map
}

const TIP_WIDTH = 250

function Tip({ model, at, x, y, width }: Hovered & { readonly model: FleetModel; readonly width: number }) {
  const text = domainText(model, at)
  if (!text) return null
  const left = x + 18 + TIP_WIDTH > width ? x - 18 - TIP_WIDTH : x + 18
  return (
    <div className={classes.tip} style={{ transform: `translate(${Math.max(4, left)}px, ${y + 16}px)` }}>
      <strong>{text.title}</strong>
      {text.lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  )
}
