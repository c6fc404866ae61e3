import { showFleetMap } from '@offtake/contract/api/fleet-map-routes'
import type { Engine } from '../engine/engine.ts'
import { FleetMap } from '../fleet/fleet-map.ts'
import { type Endpoint, endpoint } from './endpoint.ts'

/** The whole fleet by domains, to be drawn. */
export function fleetMapRoutes(engine: Engine): Endpoint[] {
  const map = new FleetMap(engine)
  return [endpoint(showFleetMap, async ({ query }) => ({ body: await map.view(query) }))]
}
