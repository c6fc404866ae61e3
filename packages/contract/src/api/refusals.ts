import type { RefusalCause } from '@offtake/core/allocation/events'

/** What each cause means to whoever asked, as the end of a sentence that needs no beginning. */
const REFUSALS: Readonly<Record<RefusalCause, string>> = {
  unknownGang: 'there is no such job',
  duplicateGang: 'a job has that id already',
  unknownTenant: 'there is no such tenant',
  unknownPool: 'there is no such pool',
  duplicatePool: 'the pool is there already',
  unknownNode: 'the pool has no such node',
  nodeAlreadyFailed: 'the node is out of service already',
  nodeNotFailed: 'the node is in service',
  nodeAlreadySo: 'the node is so already',
  duplicateOutage: 'an outage has that id already',
  unknownOutage: 'there is no such outage',
  unknownProvider: 'no pool is of that provider',
  unknownDomain: 'the pool has no such domain',
  inThePast: 'the moment is over',
  noticeTooShort: 'the notice is shorter than was promised',
  notRunning: 'it does not run',
  notWaiting: 'it does not wait',
  notMovable: 'it may not be moved',
  hasMoved: 'it sits elsewhere by now',
  roomIsTaken: 'the room that was counted on is taken by now',
  beyondQuota: 'it is more than the tenant may ever hold',
  alreadyEnded: 'it has ended already',
  malformed: 'it cannot be as it was asked for',
  timeRunsBackwards: 'its moment is before what has happened',
  unknownWindow: 'nobody booked such a window',
  duplicateWindow: 'a window has that id already',
  windowInThePast: 'the window is over, or has begun',
  noRoomForWindow: 'the fleet has no such room then, beside other windows and work that will not be gone',
  beyondItsRight: 'the tenant does not own so much, beside what it booked for the same time',
  notItsWindow: 'the window was booked by a tenant that this one is not below',
}

export function refusalText(because: RefusalCause): string {
  return REFUSALS[because]
}
