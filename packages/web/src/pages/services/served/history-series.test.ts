import { expect, test } from 'vitest'
import { historySeries } from './history-series.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString()
const ms = (hour: number) => Date.parse(at(hour))

test('what ran is told up to now, what is wanted to the end', () => {
  const history = {
    id: 'chat',
    from: at(0),
    until: at(10),
    accelerators: 8,
    wanted: [
      { at: at(0), replicas: 2 },
      { at: at(8), replicas: 5 },
    ],
    running: [{ at: at(0), replicas: 2 }],
  }
  const [ran, wanted] = historySeries(history, ms(6))
  expect(ran?.points).toEqual([
    [ms(0), 2],
    [ms(6), 2],
  ])
  expect(wanted?.points).toEqual([
    [ms(0), 2],
    [ms(8), 5],
    [ms(10), 5],
  ])
})
