import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { AllocationEvent } from '@offtake/core/allocation/events'
import { instant } from '@offtake/core/base/instant'
import { allocationHistories } from '@offtake/core/testing/allocation-history'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inFolder } from '../../testing/temporary-folder.ts'
import { EventLog } from './event-log.ts'

test('what is logged is read back, event by event, in order', () =>
  inFolder({}, async (dir) => {
    let file = 0
    fc.assert(
      fc.property(allocationHistories(), (events) => {
        const path = join(dir, `${file++}.jsonl.gz`)
        expect(written(path, events)).toBeUndefined()
        expect(readBack(path)).toEqual(events)
      }),
      { numRuns: 30 },
    )
  }))

test('a history of several chunks is one stream, and the same events make the same bytes', () =>
  inFolder({}, async (dir) => {
    const events = Array.from({ length: 60_000 }, (_, n) => finished(n))
    expect(written(join(dir, 'a'), events)).toBeUndefined()
    written(join(dir, 'b'), events)
    const [a, b] = [readFileSync(join(dir, 'a')), readFileSync(join(dir, 'b'))]
    expect(JSON.stringify(events).length).toBeGreaterThan(3 << 20)
    expect(a.equals(b)).toBe(true)
    expect(readBack(join(dir, 'a'))).toEqual(events)
    // RFC 1952: deflate; no flags, time of writing, extra flags or name of the system.
    expect(a.subarray(0, 10).toString('hex')).toBe('1f8b08000000000000ff')
  }))

test('no event at all makes an empty stream', () =>
  inFolder({}, async (dir) => {
    expect(written(join(dir, 'none'), [])).toBeUndefined()
    expect(gunzipSync(readFileSync(join(dir, 'none'))).length).toBe(0)
  }))

test('events are on disk before the log is closed: a long history needs no long memory', () =>
  inFolder({}, async (dir) => {
    const log = new EventLog(join(dir, 'events'))
    for (let n = 0; n < 400_000; n++) log.add(finished(n))
    expect(readFileSync(join(dir, 'events')).length).toBeGreaterThan(100_000)
    log.close()
  }))

test.runIf(existsSync('/dev/full'))('a full disk is a named problem, told when the log is closed', () =>
  inFolder({}, async () => {
    const log = new EventLog('/dev/full')
    for (let n = 0; n < 30_000; n++) log.add(finished(n))
    expect(log.close()).toMatchObject({ code: 'notWritable', because: expect.stringContaining('ENOSPC') })
  }),
)

test('a log that cannot be opened says so and takes events all the same', () =>
  inFolder({}, async (dir) => {
    const log = new EventLog(join(dir, 'not', 'there'))
    log.add(finished(1))
    expect(log.close()).toMatchObject({ code: 'notWritable', because: expect.stringContaining('ENOENT') })
  }))

function written(path: string, events: readonly AllocationEvent[]) {
  const log = new EventLog(path)
  for (const event of events) log.add(event)
  return log.close()
}

function readBack(path: string): AllocationEvent[] {
  const lines = gunzipSync(readFileSync(path)).toString().split('\n')
  expect(lines.pop()).toBe('')
  return lines.map((line) => JSON.parse(line))
}

function finished(n: number): AllocationEvent {
  return { kind: 'finished', at: instant(n * 1_000), gangId: `gang-${(n * 7_919) % 100_003}` }
}
