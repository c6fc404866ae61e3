import { z } from 'zod'
import { date } from '../portfolio/date.ts'
import { identifier } from '../portfolio/identifier.ts'
import { pageOf, pageQuery } from './page.ts'
import { OPERATORS_AND_TENANTS, READERS } from './role.ts'
import { route } from './route.ts'
import { replicaCount, serviceHistory, serviceRequest, serviceView } from './service.ts'

const serviceParams = z.strictObject({ id: identifier })

export const listServices = route({
  id: 'listServices',
  method: 'GET',
  path: '/v1/services',
  about: 'Services, with how many replicas are wanted, run and wait.',
  may: [...READERS, 'tenant'],
  query: z.strictObject({ ...pageQuery, tenant: identifier.exactOptional() }),
  answer: pageOf(serviceView),
})

export const showService = route({
  id: 'showService',
  method: 'GET',
  path: '/v1/services/{id}',
  about: 'One service.',
  may: [...READERS, 'tenant'],
  params: serviceParams,
  answer: serviceView,
})

export const showServiceHistory = route({
  id: 'showServiceHistory',
  method: 'GET',
  path: '/v1/services/{id}/history',
  about: 'How many replicas of a service were wanted and how many ran, in steps.',
  may: [...READERS, 'tenant'],
  params: serviceParams,
  query: z.strictObject({
    from: date.exactOptional().describe('a day before the end by default; 31 days before it at most'),
    until: date.exactOptional().describe('now by default; what is wanted is told also for times to come'),
  }),
  answer: serviceHistory,
})

export const applyService = route({
  id: 'applyService',
  method: 'PUT',
  path: '/v1/services/{id}',
  about:
    'Makes a service, or makes one be as it is said now. One that is there needs If-Match with its ETag, one that is not there goes without.',
  may: OPERATORS_AND_TENANTS,
  params: serviceParams,
  body: serviceRequest,
  answer: serviceView,
  needsMatch: 'ofWhatIsThere',
})

export const scaleService = route({
  id: 'scaleService',
  method: 'POST',
  path: '/v1/services/{id}/scale',
  about: 'So many replicas from now on.',
  may: OPERATORS_AND_TENANTS,
  params: serviceParams,
  body: z.strictObject({ replicas: replicaCount }),
  answer: serviceView,
})

export const removeService = route({
  id: 'removeService',
  method: 'DELETE',
  path: '/v1/services/{id}',
  about: 'Ends a service: its replicas are drained, and stopped.',
  may: OPERATORS_AND_TENANTS,
  params: serviceParams,
  answer: serviceView,
})
