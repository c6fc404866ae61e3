import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useEntries } from '../../live/use-feed.ts'
import { FleetModel } from './map/fleet-model.ts'
import { FleetSource } from './map/fleet-source.ts'
import type { ColourMode } from './map/looks.ts'

interface Fleet {
  readonly model: FleetModel
  readonly isThere: boolean
  readonly error: unknown
  readonly again: () => void
}

/** The fleet as it is, in the mode that was chosen, for as long as it is shown. */
export function useFleet(mode: ColourMode): Fleet {
  const [model] = useState(() => new FleetModel(mode))
  const [error, setError] = useState<unknown>()
  const [source] = useState(() => new FleetSource(model, setError))
  useEffect(() => {
    source.open()
    return () => source.close()
  }, [source])
  useEntries(source.heard)
  useEffect(() => model.show(mode), [model, mode])
  const isThere = useSyncExternalStore(model.onSummary, () => model.state.mark !== undefined)
  const again = useCallback(() => source.open(), [source])
  return { model, isThere, error, again }
}

/** What follows from the fleet, worked out anew now and then as it changes. */
export function useOfFleet<Value>(model: FleetModel, of: (model: FleetModel) => Value): Value {
  const version = useSyncExternalStore(model.onSummary, model.version)
  const known = useRef<{ readonly version: number; readonly of: typeof of; readonly value: Value }>(undefined)
  if (known.current?.version !== version || known.current.of !== of)
    known.current = { version, of, value: of(model) }
  return known.current.value
}
