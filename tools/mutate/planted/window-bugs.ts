import type { PlantedBug } from '../planted-bug.ts'

const EXAMPLES = 'allocation/windows/windows.test.ts'

export const WINDOW_BUGS: readonly PlantedBug[] = [
  {
    name: 'a gang that ends too late starts on booked room',
    file: 'allocation/windows/admission.ts',
    right: 'end <= opening ||',
    wrong: 'end <= opening + 60_000 ||',
    foundBy: EXAMPLES,
    test: 'one that would end a moment later may not',
  },
  {
    name: 'one that cannot be told in time starts on booked room',
    file: 'allocation/windows/admission.ts',
    right: 'at + state.noticeMs <= opening',
    wrong: 'at <= opening',
    foundBy: EXAMPLES,
    test: 'one that could not be told in time does not start',
  },
  {
    name: 'a window is announced when it opens',
    file: 'allocation/windows/run-windows.ts',
    right: 'start - noticeMs',
    wrong: 'start',
    foundBy: EXAMPLES,
    test: 'is told in time and gone when it opens',
  },
  {
    name: 'two bookings of one time get the same nodes',
    file: 'allocation/windows/plan-window.ts',
    right: 'taken.push(...other.room)',
    wrong: 'taken.push()',
    foundBy: EXAMPLES,
    test: 'two bookings of the same time lie beside each other',
  },
  {
    name: 'a window that lends makes all go',
    file: 'allocation/windows/run-windows.ts',
    right: 'window.booking.lends ? victimsForItsOwn(context, window, inTheWay, []) : inTheWay',
    wrong: 'inTheWay',
    foundBy: EXAMPLES,
    test: 'a window that lends lets those stay whom none of its gangs needs gone',
  },
  {
    name: 'what is free by count is spare beside a promise, whatever memory it needs',
    file: 'allocation/windows/opening-beside.ts',
    right: 'shape.countsOnly && !pool.room && Number.isFinite(start)',
    wrong: 'shape.countsOnly && Number.isFinite(start)',
    foundBy: 'allocation/windows/windows.test.ts',
    test: 'nothing is spare, also where a window is booked',
  },
]
