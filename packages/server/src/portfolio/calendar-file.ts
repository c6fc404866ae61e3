import type { CalendarItem } from '@offtake/contract/api/calendar-routes'
import ical, { ICalCalendarMethod } from 'ical-generator'

/** The items as whole days of a calendar that other programs read (RFC 5545); each keeps its name when it is read again. */
export function calendarFile(name: string, items: readonly CalendarItem[], now: number): string {
  const calendar = ical({
    name,
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Offtake', product: 'Offtake', language: 'EN' },
  })
  for (const { id, at, agreement, text, kind } of items)
    calendar.createEvent({
      id: `${id}@offtake`,
      stamp: new Date(now),
      start: new Date(at),
      allDay: true,
      summary: `${agreement}: ${text}`,
      categories: [{ name: kind }],
    })
  return calendar.toString()
}
