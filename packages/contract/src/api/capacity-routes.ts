import { z } from 'zod'
import { date } from '../portfolio/date.ts'
import { moment } from './page.ts'
import { poolId } from './pool.ts'
import { READERS } from './role.ts'
import { route } from './route.ts'

const capacityOfPool = z.object({
  pool: z.string(),
  provider: z.string(),
  region: z.string(),
  hardware: z.string(),
  fabric: z.string(),
  steps: z
    .array(z.object({ at: moment, promised: z.int(), delivered: z.int() }))
    .describe('accelerators from each moment on until the next; the first is that of the whole stretch'),
})

export type CapacityOfPool = z.output<typeof capacityOfPool>

export const showCapacity = route({
  id: 'showCapacity',
  method: 'GET',
  path: '/v1/capacity',
  about:
    'Accelerators that the portfolio’s agreements and machines promise, and deliver or are now expected to deliver, over time by pool.',
  may: READERS,
  query: z.strictObject({
    from: date.exactOptional().describe('the start of the portfolio’s horizon by default'),
    until: date.exactOptional().describe('the end of the horizon by default'),
    pool: poolId.exactOptional(),
  }),
  answer: z.object({ from: moment, until: moment, items: z.array(capacityOfPool) }),
})
