import { expect, test } from 'vitest'
import { aLine, anAgreement, aTranche, said } from '../testing/agreement.ts'
import type { Agreement, Price } from './agreement.ts'
import { dearLines } from './dear-lines.ts'

const NO_PRICES = { points: [] }
const MOST = BigInt(Number.MAX_SAFE_INTEGER)

function buying(micros: bigint, accelerators = 1, more: Partial<Price> = {}): Agreement {
  const amount = said({ micros, currency: 'USD' })
  const price = { kind: 'perAcceleratorHour' as const, amount, ...more } as Price
  return anAgreement({
    lines: [aLine({ price, tranches: [aTranche({ accelerators: said(accelerators) })] })],
  })
}

test.each([
  ['one line', [buying(MOST)], [buying(MOST + 1n)]],
  ['its accelerators', [buying(MOST / 7n, 7)], [buying(MOST / 7n + 1n, 7)]],
  [
    'a price that rises',
    [buying(MOST / 2n)],
    [buying(MOST / 2n, 1, { escalator: { perYear: said(1_100_000) } } as Partial<Price>)],
  ],
  [
    'several agreements',
    [buying(MOST - 5n), { ...buying(5n), id: 'b' }],
    [buying(MOST - 5n), { ...buying(6n), id: 'b' }],
  ],
])('%s may cost as much in an hour as is counted exactly, and not more', (_, most, more) => {
  expect(dearLines(most, NO_PRICES)).toEqual([])
  const path = ['lines', 0, 'price', 'amount']
  expect(dearLines(more, NO_PRICES)).toMatchObject([
    { at: more.length - 1, problem: { code: 'pricesTooLarge', path } },
  ])
})

test('a line that costs too much does not spoil those that follow', () => {
  const problems = dearLines([buying(MOST + 1n), { ...buying(MOST), id: 'b' }], NO_PRICES)
  expect(problems.map((problem) => problem.at)).toEqual([0])
})
