import { z } from 'zod'
import { date } from '../portfolio/date.ts'
import { identifier } from '../portfolio/identifier.ts'
import { moment, pageOf, pageQuery } from './page.ts'
import { READERS } from './role.ts'
import { route } from './route.ts'

const CALENDAR_KINDS = [
  'signature',
  'termStarts',
  'termEnds',
  'deliveryPromised',
  'deliveryExpected',
  'delivered',
  'lateCreditsBegin',
  'mayTerminate',
  'mayResell',
  'renewalNotice',
  'renewal',
  'optionOpens',
  'optionCloses',
  'optionExercised',
  'priorityRightStarts',
  'priorityRightEnds',
  'exclusivityStarts',
  'exclusivityEnds',
  'prepaymentDue',
  'quoteLapses',
  'intervalEnds',
] as const

/** Something that happens or is due under an agreement. */
const calendarItem = z.object({
  id: z.string().describe('the same for the same thing, also where its day changes'),
  at: moment,
  kind: z.enum(CALENDAR_KINDS),
  agreement: z.string(),
  provider: z.string(),
  text: z.string().describe('what it is, for people'),
  line: z.string().nullable(),
  tranche: z.string().nullable(),
  option: z.string().nullable(),
  accelerators: z.int().nullable(),
  amount: z.string().nullable().describe('what must be paid or is committed, exact, in decimals'),
  currency: z.string(),
})

export type CalendarItem = z.output<typeof calendarItem>

const within = {
  from: date.exactOptional(),
  until: date.exactOptional(),
}

export const showCalendar = route({
  id: 'showCalendar',
  method: 'GET',
  path: '/v1/calendar',
  about:
    'What is due when under all signed agreements and quotes: deliveries, notices, options, rights, payments, ends of intervals.',
  may: READERS,
  query: z.strictObject({
    ...pageQuery,
    ...within,
    agreement: identifier.exactOptional(),
    kind: z.enum(CALENDAR_KINDS).exactOptional(),
  }),
  answer: pageOf(calendarItem),
})

const CALENDAR_FILE = { answer: z.string(), media: 'text/calendar' } as const

export const readCalendar = route({
  id: 'readCalendar',
  method: 'GET',
  path: '/v1/calendar.ics',
  about: 'The same as a file that calendar programs read (RFC 5545).',
  may: READERS,
  query: z.strictObject(within),
  ...CALENDAR_FILE,
})

export const readAgreementCalendar = route({
  id: 'readAgreementCalendar',
  method: 'GET',
  path: '/v1/agreements/{id}/calendar.ics',
  about: 'What is due under one agreement, as a file that calendar programs read.',
  may: READERS,
  params: z.strictObject({ id: identifier }),
  query: z.strictObject(within),
  ...CALENDAR_FILE,
})

export const showAgreementCalendar = route({
  id: 'showAgreementCalendar',
  method: 'GET',
  path: '/v1/agreements/{id}/calendar',
  about: 'The same of one agreement, be it a draft.',
  may: READERS,
  params: z.strictObject({ id: identifier }),
  query: z.strictObject({ ...pageQuery, ...within }),
  answer: pageOf(calendarItem),
})
