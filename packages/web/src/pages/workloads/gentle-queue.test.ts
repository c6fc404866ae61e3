import { expect, test } from 'vitest'
import { GentleQueue } from './gentle-queue.ts'

function atPace() {
  let now = 0
  const done: string[] = []
  const queue = new GentleQueue(
    () => now,
    async (ms) => {
      done.push(`rest ${ms}`)
      now += ms
    },
  )
  const takes = (name: string, ms: number) => async () => {
    now += ms
    done.push(name)
    return name
  }
  return { queue, done, takes }
}

test('one comes after the other, and between them is three times as much rest as the first took, up to ten seconds', async () => {
  const { queue, done, takes } = atPace()
  const all = [queue.run(takes('a', 200)), queue.run(takes('b', 60_000)), queue.run(takes('c', 1))]
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c'])
  expect(done.slice(0, 5)).toEqual(['a', 'rest 600', 'b', 'rest 10000', 'c'])
})

test('what nobody wants any more by its turn is not done, and what fails keeps nobody waiting', async () => {
  const { queue, done, takes } = atPace()
  const gone = new AbortController()
  const failed = queue.run(() => Promise.reject(new Error('no')))
  const unwanted = queue.run(takes('unwanted', 1), gone.signal)
  const last = queue.run(takes('last', 1))
  gone.abort()
  await expect(failed).rejects.toThrow('no')
  await expect(unwanted).rejects.toThrow()
  expect(await last).toBe('last')
  expect(done).not.toContain('unwanted')
})
