import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../base/instant.ts'
import type { Gang } from '../../demand/gang.ts'
import { aGang, type GangLike } from '../../testing/gang.ts'
import { Durations } from './durations.ts'
import { LEVELS, levelOf, levelStart } from './level.ts'

function named(name: string, like: GangLike = {}): Gang {
  return { ...aGang('gang', like), name }
}

/** Teaches that so many gangs ended after so many minutes. */
function taught(durations: Durations, gang: Gang, minutes: number, times = 20): void {
  for (let n = 0; n < times; n++)
    durations.note(gang, { from: 0, to: levelOf(minutes * MINUTE_MS), hasEnded: true })
}

describe('durations', () => {
  it('before anything is known, last the longer the longer they have lasted', () => {
    const durations = new Durations()
    const left = [0, 1, 4, 16].map((hours) => durations.remainingMs(named('a'), hours * HOUR_MS))
    expect(left).toEqual([...left].sort((a, b) => a - b))
  })

  it('are those of gangs of the same name, where these have ended', () => {
    const durations = new Durations()
    taught(durations, named('short'), 100)
    taught(durations, named('long'), 1000)
    const [short, long] = ['short', 'long'].map((name) => durations.remainingMs(named(name), 0) / MINUTE_MS)
    expect(short).toBeGreaterThan(90)
    expect(short).toBeLessThan(130)
    expect(long).toBeGreaterThan(700)
  })

  it('of a name that is new are those of its tenant and size, then of its size', () => {
    const durations = new Durations()
    taught(durations, named('a', { members: 2, tenant: 't' }), 10)
    taught(durations, named('a', { members: 2, tenant: 'u' }), 1000)
    const ofTenant = durations.remainingMs(named('new', { members: 2, tenant: 't' }), 0)
    const ofSize = durations.remainingMs(named('new', { members: 2, tenant: 'other' }), 0)
    const ofNone = durations.remainingMs(named('new', { members: 3, tenant: 'other' }), 0)
    expect(ofTenant).toBeLessThan(ofSize)
    expect(ofTenant).toBeLessThan(ofNone)
  })

  it('of one that outlasts its like are taken from those that lasted as long', () => {
    const durations = new Durations()
    taught(durations, named('a'), 100)
    taught(durations, named('b'), 1000, 40)
    const early = durations.remainingMs(named('a'), 90 * MINUTE_MS)
    const late = durations.remainingMs(named('a'), 200 * MINUTE_MS)
    expect(early).toBeLessThan(HOUR_MS)
    expect(late).toBeGreaterThan(8 * HOUR_MS)
  })

  it('of late count most', () => {
    const durations = new Durations()
    taught(durations, named('a'), 1000, 200)
    taught(durations, named('a'), 10, 60)
    expect(durations.expectedMs(named('a'), 0)).toBeLessThan(2 * HOUR_MS)
  })

  it('count as longer while gangs outlast them, before any has ended', () => {
    const durations = new Durations()
    const before = durations.remainingMs(named('a'), 0)
    for (let n = 0; n < 10; n++) durations.note(named('a'), { from: 0, to: 8, hasEnded: false })
    expect(durations.remainingMs(named('a'), 0)).toBeGreaterThan(before)
  })

  it('of groups beyond 4,096 are forgotten, those first that learnt nothing for longest', () => {
    const durations = new Durations()
    for (let n = 0; n < 3000; n++) taught(durations, named(`name ${n}`, { members: n + 1 }), 10, 1)
    const groups = durations.entries().map(([group]) => group)
    expect(groups).toHaveLength(4096)
    expect(groups).toContain('')
    expect(groups.some((group) => group.includes('name 2999'))).toBe(true)
    expect(groups.some((group) => group.includes('"name 0"'))).toBe(false)
  })

  it('are expected to be passed by what has been done already, and levels cut all times in order', () => {
    fc.assert(
      fc.property(
        fc.nat(1e12),
        fc.array(fc.tuple(fc.nat(1e9), fc.boolean()), { maxLength: 30 }),
        (doneMs, seen) => {
          const durations = new Durations()
          for (const [ms, hasEnded] of seen)
            durations.note(named('a'), { from: 0, to: levelOf(ms), hasEnded })
          const level = levelOf(doneMs)
          expect(levelStart(level)).toBeLessThanOrEqual(doneMs)
          if (level < LEVELS - 1) expect(levelStart(level + 1)).toBeGreaterThan(doneMs)
          expect(durations.expectedMs(named('a'), doneMs)).toBeGreaterThan(doneMs)
          expect(durations.remainingMs(named('a'), doneMs)).toBeGreaterThan(0)
        },
      ),
    )
  })

  it('are restored as they were', () => {
    const durations = new Durations()
    taught(durations, named('a'), 100)
    taught(durations, named('b', { members: 4 }), 7)
    const restored = new Durations()
    restored.restore(JSON.parse(JSON.stringify(durations.entries())))
    expect(restored.entries()).toEqual(durations.entries())
    expect(restored.remainingMs(named('a'), 5)).toBe(durations.remainingMs(named('a'), 5))
  })
})
