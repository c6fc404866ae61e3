import { z } from 'zod'
import { booking } from '../portfolio/booking.ts'
import { identifier } from '../portfolio/identifier.ts'
import { moment, pageOf, pageQuery } from './page.ts'
import { READERS } from './role.ts'
import { route } from './route.ts'

/** A part of the fleet that a tenant has booked. */
const windowView = z.object({
  id: z.string(),
  tenant: z.string(),
  state: z.enum(['booked', 'open']),
  pool: z.string().describe('where it lies'),
  nodes: z.array(z.object({ first: z.int(), count: z.int() })).describe('its room: whole nodes'),
  accelerators: z.int(),
  start: moment.describe('of the time that is open, or comes next'),
  until: moment,
  timesLeft: z.int().describe('that one included'),
  for: z.enum(['tenant', 'named']),
  lends: z.boolean(),
})

export type WindowView = z.output<typeof windowView>

const windowParams = z.strictObject({ id: identifier })

const MAY_BOOK = ['operator', 'planner', 'tenant'] as const

export const listWindows = route({
  id: 'listWindows',
  method: 'GET',
  path: '/v1/windows',
  about: 'What tenants have booked, the next to open first.',
  may: [...READERS, 'tenant'],
  query: z.strictObject({ ...pageQuery, tenant: identifier.exactOptional() }),
  answer: pageOf(windowView),
})

export const bookWindow = route({
  id: 'bookWindow',
  method: 'POST',
  path: '/v1/windows',
  about:
    'Books a part of the fleet for a tenant for a time to come. The body is as in the files of a portfolio.',
  may: MAY_BOOK,
  body: booking,
  answer: windowView,
  status: 201,
})

export const showWindow = route({
  id: 'showWindow',
  method: 'GET',
  path: '/v1/windows/{id}',
  about: 'One window that is booked or open.',
  may: [...READERS, 'tenant'],
  params: windowParams,
  answer: windowView,
})

export const cancelWindow = route({
  id: 'cancelWindow',
  method: 'POST',
  path: '/v1/windows/{id}/cancel',
  about: 'Gives back what was booked, whether it is open or still to come.',
  may: MAY_BOOK,
  params: windowParams,
  answer: windowView,
})
