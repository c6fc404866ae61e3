import { expect, test } from 'vitest'
import { formatFigure } from './format-figure.ts'

test('figures have as many digits as mean something', () => {
  expect([0, 0.012345, 12.345, 1234.5, 1_234_567, Number.NaN].map(formatFigure)).toEqual([
    '0.00',
    '0.0123',
    '12.3',
    '1,235',
    '1,234,567',
    '–',
  ])
})
