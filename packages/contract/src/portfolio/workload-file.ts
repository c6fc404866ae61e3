import { z } from 'zod'
import { booking } from './booking.ts'
import type { Reading } from './reading.ts'
import { service } from './service.ts'
import { workload } from './workload.ts'

/** One file of `workloads/`. */
export function workloadFile(reading: Reading) {
  return z.strictObject({
    workloads: z.array(workload(reading)).default([]).describe('jobs drawn from a profile'),
    services: z.array(service(reading)).default([]).describe('inference whose replicas follow demand'),
    windows: z.array(booking).default([]).describe('what is booked of the fleet for times to come'),
  })
}
