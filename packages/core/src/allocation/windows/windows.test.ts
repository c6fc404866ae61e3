import { expect, test } from 'vitest'
import { instant, MINUTE_MS } from '../../base/instant.ts'
import { aBooking, type BookingLike } from '../../testing/booking.ts'
import { required } from '../../testing/gang.ts'
import { aPool, aTenant, domains, refusal, Scene } from '../../testing/scene.ts'
import { SRTF } from '../policies/srtf.ts'

/** Two nodes of 8; a notice of ten minutes. */
function twoNodes(more: Parameters<typeof aPool>[1] = {}): Scene {
  return aPool([domains(2)], { tenants: [aTenant('us', 16), aTenant('them', 0)], noticeMinutes: 10, ...more })
}

function them(limitMinutes?: number, more: { reclaimable?: boolean; each?: number } = {}) {
  const limit = limitMinutes === undefined ? {} : { limitMinutes }
  return { tenant: 'them', each: 8, ...limit, ...more }
}

test('before a window opens, one that ends by then may start on its room, and one that would end a moment later may not', () => {
  const scene = twoNodes()
  scene.book('w', { members: 2 })
  scene.submit('late', them(61, { reclaimable: false }))
  scene.submit('in-time', them(60, { reclaimable: false }))
  expect(scene.running()).toEqual(['in-time'])
})

test('before a window opens, one that can be asked back may start on its room, is told in time and gone when it opens', () => {
  const scene = twoNodes()
  scene.book('w', { members: 2 })
  scene.submit('borrower', them())
  scene.pass(49)
  expect(scene.events('windowNoticeGiven')).toEqual([])
  scene.pass(1)
  expect(scene.events('windowNoticeGiven')).toMatchObject([
    { gangIds: ['borrower'], at: 50 * MINUTE_MS, by: 60 * MINUTE_MS },
  ])
  scene.pass(9)
  expect(scene.running()).toEqual(['borrower'])
  scene.pass(1)
  expect(scene.events('evicted')).toMatchObject([{ gangId: 'borrower', because: 'forWindow' }])
  expect(scene.running()).toEqual([])
})

test('one that could not be told in time does not start on room that is booked', () => {
  const scene = twoNodes()
  scene.book('w', { members: 2 })
  scene.pass(51)
  scene.submit('borrower', them())
  expect(scene.waiting()).toEqual(['borrower'])
})

test('while it is open a window is its tenant’s alone, and its end leaves who runs there alone', () => {
  const scene = twoNodes()
  scene.book('w', { members: 2 })
  scene.pass(60)
  scene.submit('other', them(5))
  scene.submit('ours', { tenant: 'us', each: 8 })
  expect(scene.running()).toEqual(['ours'])
  scene.pass(60)
  expect(scene.running()).toEqual(['other', 'ours'])
})

test('a gang that names a window waits for it, beside free room, and sits nowhere else', () => {
  const scene = aPool([domains(3)], { tenants: [aTenant('us', 24)] })
  scene.book('w', { isFor: 'named' })
  scene.submit('named', { tenant: 'us', each: 8, window: 'w' })
  scene.submit('second', { tenant: 'us', each: 8, window: 'w' })
  scene.pass(59)
  expect(scene.running()).toEqual([])
  scene.pass(1)
  expect(scene.running()).toEqual(['named'])
})

test('a window for gangs that name it is closed to others of its tenant', () => {
  const scene = twoNodes()
  scene.book('w', { members: 2, isFor: 'named' })
  scene.pass(60)
  scene.submit('unnamed', { tenant: 'us' })
  expect(scene.waiting()).toEqual(['unnamed'])
})

test('a gang whose window is gone is as any other', () => {
  const scene = twoNodes()
  scene.book('w', { isFor: 'named' })
  scene.submit('named', { tenant: 'us', window: 'w' })
  expect(scene.waiting()).toEqual(['named'])
  scene.tell({ kind: 'cancelWindow', windowId: 'w' })
  expect(scene.running()).toEqual(['named'])
})

test('a window that lends gives what its gangs leave free to those who can be asked back, and asks it back with the notice', () => {
  const scene = twoNodes()
  scene.book('w', { members: 2, lends: true })
  scene.pass(60)
  scene.submit('stays', them(5, { reclaimable: false }))
  expect(scene.waiting()).toEqual(['stays'])
  scene.cancel('stays')
  scene.submit('first', them())
  scene.submit('second', them())
  expect(scene.running()).toEqual(['first', 'second'])
  scene.submit('ours', { tenant: 'us', each: 8 })
  expect(scene.running()).toEqual(['first', 'second'])
  scene.pass(10)
  // Both lose as much; the one that came last goes.
  expect(scene.evicted()).toEqual(['second'])
  expect(scene.running()).toEqual(['first', 'ours'])
})

test('when it opens, a window that lends lets those stay whom none of its gangs needs gone', () => {
  const scene = twoNodes()
  scene.book('w', { members: 2, lends: true })
  for (const id of ['a', 'b']) scene.submit(id, them())
  scene.pass(40)
  scene.submit('ours', { tenant: 'us', each: 8, window: 'w' })
  scene.pass(20)
  expect(scene.evicted()).toEqual(['b'])
  expect(scene.running()).toEqual(['a', 'ours'])
})

test('a window that comes back opens at each of its times and is gone after the last', () => {
  const scene = twoNodes()
  scene.book('w', { everyMinutes: 100, times: 3 })
  scene.pass(1000)
  const times = (kind: 'windowOpened' | 'windowClosed') => scene.events(kind).map(({ at }) => at / MINUTE_MS)
  expect(times('windowOpened')).toEqual([60, 160, 260])
  expect(times('windowClosed')).toEqual([120, 220, 320])
  expect(scene.allocator.state.windows.size).toBe(0)
})

test('two bookings of the same time lie beside each other, and a third that does not fit is refused', () => {
  const scene = twoNodes()
  scene.book('a')
  scene.book('b', { from: 90, to: 150 })
  const rooms = scene.events('windowBooked').map(({ room }) => room)
  expect(rooms).toEqual([[{ first: 0, nodes: 1 }], [{ first: 1, nodes: 1 }]])
  expect(refusal(scene.book('c', { from: 100, to: 101 }))).toBe('beyondItsRight')
  expect(refusal(scene.book('d', { from: 120, to: 130 }))).toBeUndefined()
})

test('a booking avoids those who stay beyond its start, whom nobody can ask to go', () => {
  const scene = twoNodes()
  scene.submit('stays', them(90, { reclaimable: false }))
  const [node] = scene.nodes('stays')
  scene.book('w')
  expect(scene.events('windowBooked')[0]?.room).toEqual([{ first: 1 - (node ?? 0), nodes: 1 }])
  expect(
    refusal(scene.book('wide', { from: 80, to: 90, tenant: 'us', members: 1, within: required('node') })),
  ).toBe('noRoomForWindow')
  expect(refusal(scene.book('after', { from: 120, to: 130, members: 2 }))).toBeUndefined()
})

test.each<[string, BookingLike]>([
  ['windowInThePast', { from: -10 }],
  ['malformed', { to: 60 }],
  ['malformed', { members: 0 }],
  ['malformed', { members: 1e8, acceleratorsPerMember: 1e8 }],
  ['malformed', { everyMinutes: 59, times: 2 }],
  ['malformed', { everyMinutes: 60, times: 1001 }],
  ['malformed', { accepts: [] }],
  ['unknownTenant', { tenant: 'nobody' }],
  ['unknownPool', { pool: 'other' }],
  ['beyondItsRight', { tenant: 'them' }],
  ['beyondItsRight', { members: 3 }],
  ['noRoomForWindow', { members: 2, within: required('domain') }],
  ['noRoomForWindow', { accepts: ['tpu'] }],
  ['duplicateWindow', { id: 'known' }],
])('a booking is refused as %s: %o', (because, like) => {
  const scene = twoNodes()
  scene.book('known', { from: 500, to: 501 })
  scene.pass(1)
  expect(refusal(scene.book('w', like))).toBe(because)
  expect(scene.allocator.state.windows.size).toBe(1)
})

test('a window that nobody booked is not cancelled, and a gang names neither it nor that of another tenant', () => {
  const scene = twoNodes()
  expect(refusal(scene.tell({ kind: 'cancelWindow', windowId: 'w' }))).toBe('unknownWindow')
  expect(refusal(scene.submit('a', { tenant: 'us', window: 'w' }))).toBe('unknownWindow')
  scene.book('w')
  expect(refusal(scene.submit('b', { tenant: 'them', window: 'w' }))).toBe('notItsWindow')
})

test('a window moves off nodes that are taken away, and keeps what is left where there is no other room', () => {
  const scene = twoNodes()
  scene.book('w')
  scene.tell({ kind: 'removeNodes', poolId: 'main', firstNode: 0, nodes: 1 })
  expect(scene.events('windowMoved')).toMatchObject([{ room: [{ first: 1, nodes: 1 }] }])
  scene.tell({ kind: 'removeNodes', poolId: 'main', firstNode: 1, nodes: 1 })
  expect(scene.events('windowMoved')[1]).toMatchObject({ room: [] })
})

test('a window moves off a node that is out of service when notice is due, and not before', () => {
  const scene = twoNodes()
  scene.book('w')
  scene.failNode(0)
  scene.pass(49)
  expect(scene.events('windowMoved')).toEqual([])
  scene.pass(1)
  expect(scene.events('windowMoved')).toMatchObject([{ room: [{ first: 1, nodes: 1 }] }])
})

test('one that runs past its limit into a window is given the notice when it opens', () => {
  const scene = twoNodes()
  scene.book('w', { members: 2 })
  scene.submit('overdue', them(30))
  scene.pass(69)
  expect(scene.running()).toEqual(['overdue'])
  scene.pass(1)
  expect(scene.running()).toEqual([])
})

test('the first that waits is promised a place after a window that is not its own, and who would delay that waits', () => {
  const scene = twoNodes()
  scene.book('w', { members: 2 })
  scene.pass(55)
  scene.submit('first', { tenant: 'them', members: 16, limitMinutes: 60 })
  scene.submit('short', them(5))
  expect(scene.allocator.state.pools[0]?.reservation).toMatchObject({
    gangId: 'first',
    opening: { start: 120 * MINUTE_MS },
  })
  expect(scene.running()).toEqual(['short'])
})

test('an owner asks nothing back from a window’s own gangs, and keeps no room on what others booked', () => {
  const tenants = [aTenant('us', 8), aTenant('others', 8), aTenant('them', 0)]
  const scene = twoNodes({ tenants })
  scene.book('w', { isFor: 'named' })
  scene.pass(60)
  scene.submit('borrower', them())
  scene.submit('ours', { tenant: 'us', each: 8, window: 'w' })
  expect(scene.running()).toEqual(['borrower', 'ours'])
  scene.submit('owner', { tenant: 'others', each: 8 })
  expect(scene.asked()).toEqual(['borrower'])
})

test('where others are stopped by rank, a window’s own gang is not, and its room is left to it', () => {
  const scene = aPool([domains(2)], { policy: SRTF })
  scene.book('w', { tenant: 'us' })
  scene.submit('long', { tenant: 'them', each: 8, limitMinutes: 500 })
  scene.pass(60)
  scene.submit('ours', { tenant: 'us', each: 8, limitMinutes: 300 })
  scene.submit('a', { tenant: 'them', each: 8, limitMinutes: 10 })
  scene.submit('b', { tenant: 'them', each: 8, limitMinutes: 10 })
  expect(scene.running()).toEqual(['a', 'ours'])
})

test('beside one that was promised a place where nodes state memory, nothing is spare, also where a window is booked', () => {
  const nodes = [domains(2, { acceleratorsPerNode: 4, memoryMiBPerNode: 8 })]
  const pools = { main: { nodes }, other: { nodes: [domains(1)], hardware: 'other' } }
  const scene = new Scene({ pools })
  scene.book('w', { pool: 'other', accepts: ['other'] })
  scene.submit('there', { memoryMiB: 4, limitMinutes: 60 })
  scene.submit('first', { members: 2, memoryMiB: 6 })
  // By count six accelerators will be left beside it, but no memory.
  scene.submit('late', { memoryMiB: 4, limitMinutes: 61 })
  scene.submit('in time', { memoryMiB: 4, limitMinutes: 60 })
  expect(scene.running()).toEqual(['in time', 'there'])
})

test('notice for a booking at the last minute goes to nobody who could not be told in time', () => {
  const scene = twoNodes()
  scene.submit('borrower', them())
  const booking = aBooking('w', { from: 5, to: 20, members: 2 })
  expect(refusal(scene.tell({ kind: 'bookWindow', booking }))).toBe('noRoomForWindow')
  expect(
    refusal(scene.tell({ kind: 'bookWindow', booking: { ...booking, start: instant(10 * MINUTE_MS) } })),
  ).toBe(undefined)
})
