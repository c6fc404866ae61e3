import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../base/instant.ts'
import { aRole, required } from '../../testing/gang.ts'
import { aPool, aTenant, domains, refusal } from '../../testing/scene.ts'
import { SRTF } from '../policies/srtf.ts'

const ONE_TO_EIGHT = [1, 2, 3, 4, 5, 6, 7, 8]

describe('an elastic gang', () => {
  it('starts at its smallest size, and grows at once over what is idle, to its largest at most', () => {
    const scene = aPool([domains(2)])
    scene.submit('a', { members: 8, sizes: [2, 4, 8, 12] })
    expect(scene.events('placed')[0]?.parts[0]?.runs).toEqual([{ first: 0, nodes: 1, each: 2 }])
    expect(scene.size('a')).toBe(12)
    expect(scene.events('resized')).toHaveLength(1)
  })

  it('starts where its smallest size fits, although its stated one does not', () => {
    const scene = aPool([domains(1)])
    scene.submit('fixed', { members: 5 })
    scene.submit('a', { members: 8, sizes: [2, 8] })
    expect(scene.running()).toEqual(['a', 'fixed'])
    expect(scene.size('a')).toBe(2)
  })

  it('makes way at once for whoever waits, by no more than that takes', () => {
    const scene = aPool([domains(1)])
    scene.submit('a', { members: 8, sizes: ONE_TO_EIGHT })
    scene.pass(10)
    scene.submit('b', { members: 3 })
    expect(scene.running()).toEqual(['a', 'b'])
    expect([scene.size('a'), scene.size('b')]).toEqual([5, 3])
    expect(scene.evicted()).toEqual([])
  })

  it('keeps what it has grown by where whoever comes finds idle room', () => {
    const scene = aPool([domains(2)])
    scene.submit('a', { members: 4, sizes: [2, 10] })
    scene.submit('b', { members: 6 })
    expect(scene.size('a')).toBe(10)
    expect(scene.events('resized')).toHaveLength(1)
  })

  it('gives up those members that leave whole nodes free', () => {
    const scene = aPool([domains(3)])
    scene.submit('a', { members: 8, sizes: [8, 12, 20] })
    expect(scene.seats('a')).toEqual({ 'main#0': 8, 'main#1': 8, 'main#2': 4 })
    scene.submit('b', { members: 1, each: 6 })
    expect(scene.nodes('b')).toEqual([1])
    // Two more than made room have to go: those that are left beside `b`, and not two of the four on the third node.
    expect(scene.seats('a')).toEqual({ 'main#0': 8, 'main#2': 4 })
  })

  it('grows within the domain where it must sit in one', () => {
    const scene = aPool([domains(2, { nodesPerDomain: 2 })])
    scene.submit('other', { members: 10, within: required('domain') })
    scene.submit('a', { members: 8, sizes: [4, 6, 8, 12], within: required('domain') })
    expect(scene.seats('a')).toEqual({ 'main#1': 6 })
  })

  it('loses members alone where a node fails on which it has grown, and keeps its work', () => {
    const scene = aPool([domains(2)])
    scene.submit('a', { members: 8, sizes: [8, 16], limitMinutes: 100 })
    scene.pass(10)
    scene.failNode(1)
    expect(scene.evicted()).toEqual([])
    expect(scene.size('a')).toBe(8)
    expect(scene.allocator.state.gangs.get('a')?.expectedEnd).toBe((10 + 100 - 20) * MINUTE_MS)
  })

  it('keeps by an eviction what it saved at each speed', () => {
    const scene = aPool([domains(2)])
    scene.submit('a', { members: 8, sizes: [8, 16], limitMinutes: 500, checkpointMinutes: 10 })
    scene.pass(15)
    scene.submit('b', { members: 8 })
    scene.pass(8)
    scene.failNode(0)
    // Twice as fast for 15 minutes, then as stated: the second save came after 20 minutes, and 3 minutes are lost.
    expect(scene.events('evicted')[0]).toMatchObject({ keptMs: 35 * MINUTE_MS, lostMs: 3 * MINUTE_MS })
  })

  it('stays at its size for a while before it grows again', () => {
    const scene = aPool([domains(1)])
    scene.submit('a', { members: 8, sizes: ONE_TO_EIGHT, settleMinutes: 10 })
    scene.pass(5)
    scene.submit('b', { members: 4 })
    scene.pass(1)
    scene.finish('b')
    expect(scene.size('a')).toBe(4)
    scene.pass(8)
    expect(scene.size('a')).toBe(4)
    scene.pass(1)
    expect(scene.size('a')).toBe(8)
  })
})

describe('what is idle', () => {
  it('goes to whom it makes faster by most, by the accelerator', () => {
    const scene = aPool([domains(1)])
    scene.submit('poor', { members: 2, sizes: { 2: 1, 4: 1.2, 6: 1.3 } })
    scene.submit('good', { members: 2, sizes: { 2: 1, 4: 1.9, 6: 2.6 } })
    expect([scene.size('poor'), scene.size('good')]).toEqual([2, 6])
  })

  it('goes to the highest class of priority first', () => {
    const scene = aPool([domains(1)])
    scene.submit('poor', { members: 2, sizes: { 2: 1, 4: 1.1, 6: 1.2 }, priority: 1 })
    scene.submit('good', { members: 2, sizes: { 2: 1, 4: 2, 6: 3 } })
    expect([scene.size('poor'), scene.size('good')]).toEqual([6, 2])
  })

  it('goes on to one that comes later only where that makes all together faster', () => {
    const scene = aPool([domains(1)])
    scene.submit('first', { members: 2, sizes: { 2: 1, 6: 2 } })
    scene.submit('like it', { members: 2, sizes: { 2: 1, 6: 2 } })
    expect([scene.size('first'), scene.size('like it')]).toEqual([6, 2])
    scene.cancel('like it')
    scene.submit('better', { members: 2, sizes: { 2: 1, 6: 2.5 } })
    expect([scene.size('first'), scene.size('better')]).toEqual([2, 6])
  })

  it('delays no start that was promised, however late who grows becomes by giving it back', () => {
    const scene = aPool([domains(1)])
    scene.submit('a', { members: 4, sizes: [4, 6], limitMinutes: 60 })
    scene.submit('fixed', { members: 2, limitMinutes: 40 })
    scene.pass(10)
    scene.submit('large', { members: 8, limitMinutes: 10 })
    expect(scene.allocator.state.pools[0]?.reservation?.opening.start).toBe(60 * MINUTE_MS)
    scene.submit('short', { members: 2, limitMinutes: 5 })
    expect(scene.running()).toEqual(['a', 'fixed', 'short'])
    expect(scene.allocator.state.gangs.get('a')?.expectedEnd).toBeLessThanOrEqual(60 * MINUTE_MS)
  })

  it('is no reason to evict a borrower, or anybody of lower rank', () => {
    const lent = aPool([domains(1)], {
      tenants: [aTenant('owner', 4), aTenant('guest', 4)],
      noticeMinutes: 5,
    })
    lent.submit('borrower', { tenant: 'guest', members: 2 })
    lent.submit('grown', { tenant: 'guest', members: 4, sizes: [2, 6] })
    lent.submit('own', { tenant: 'owner', members: 4 })
    expect([lent.running(), lent.asked()]).toEqual([['borrower', 'grown', 'own'], []])
    const ranked = aPool([domains(1)], { policy: SRTF })
    ranked.submit('long', { members: 2, limitMinutes: 100 })
    ranked.submit('grown', { members: 2, sizes: [2, 6], limitMinutes: 200 })
    ranked.submit('short', { members: 4, limitMinutes: 10 })
    expect([ranked.running(), ranked.evicted()]).toEqual([['grown', 'long', 'short'], []])
  })

  it('is not taken beyond the limit of borrowing', () => {
    const tenants = [aTenant('owner', 6), aTenant('guest', 2, { borrowLimit: 1 })]
    const scene = aPool([domains(1)], { tenants })
    scene.submit('a', { tenant: 'guest', members: 2, sizes: [1, 2, 3, 4] })
    expect(scene.size('a')).toBe(3)
    expect(scene.events('resized')[0]?.borrowed).toBe(1)
  })
})

describe('an elastic gang that restarts when its size changes', () => {
  const RESTARTS = { restartsToResize: true, checkpointMinutes: 30, restartMinutes: 5 } as const

  it('grows where that saves twice what it costs, and loses its work since the last save', () => {
    const scene = aPool([domains(1)])
    scene.submit('fixed', { members: 4 })
    scene.submit('a', { members: 4, sizes: [4, 8], limitMinutes: 200, ...RESTARTS })
    scene.pass(40)
    scene.finish('fixed')
    expect(scene.events('resized')[0]).toMatchObject({ lostMs: 10 * MINUTE_MS })
    expect(scene.allocator.state.gangs.get('a')).toMatchObject({
      keptMs: 30 * MINUTE_MS,
      loadMs: 5 * MINUTE_MS,
    })
  })

  it('does not grow where too little is left to do', () => {
    const scene = aPool([domains(1)])
    scene.submit('fixed', { members: 4 })
    scene.submit('a', { members: 4, sizes: [4, 8], limitMinutes: 80, ...RESTARTS })
    scene.pass(40)
    scene.finish('fixed')
    expect(scene.size('a')).toBe(4)
  })

  it('does not grow while somebody waits who would soon take it back', () => {
    const scene = aPool([domains(1)])
    scene.submit('fixed', { members: 4 })
    scene.submit('a', { members: 4, sizes: [4, 6], limitMinutes: 200, ...RESTARTS })
    scene.submit('large', { members: 8 })
    scene.pass(30)
    scene.finish('fixed')
    expect(scene.size('a')).toBe(4)
    scene.cancel('large')
    expect(scene.size('a')).toBe(6)
  })
})

describe('an elastic gang is refused', () => {
  it.each([
    ['without sizes', { sizes: [] }],
    ['with sizes out of order', { sizes: [4, 2] }],
    ['with a size of nobody', { sizes: [0, 2] }],
    ['where a larger size is slower', { sizes: { 2: 1, 4: 0.9 } }],
    ['where it would load a save that it never makes', { sizes: [2, 4], restartsToResize: true }],
  ])('%s', (_, like) => {
    const scene = aPool([domains(1)])
    expect(refusal(scene.submit('a', { members: 4, ...like }))).toBe('malformed')
  })

  it('with two elastic roles, or one without accelerators', () => {
    const scene = aPool([domains(1)], { cpuCores: 8 })
    const elastic = { members: 2, sizes: [1, 2] }
    const two = [aRole('a', elastic), aRole('b', elastic)]
    const none = [aRole('a', { ...elastic, each: 0, cpuCores: 1 })]
    expect(refusal(scene.submit('two', { roles: two }))).toBe('malformed')
    expect(refusal(scene.submit('none', { roles: none }))).toBe('malformed')
  })
})
