import { expect, test } from 'vitest'
import { BUILT_IN, smallPortfolio } from '../testing/small-portfolio.ts'
import { readPortfolio } from './read-portfolio.ts'

test('an outage of a domain that its pool never has is told once all else holds', () => {
  const outageOf = (domain: number) =>
    readPortfolio(
      smallPortfolio({
        'fleet/outages.yaml': `outages:
  - { pool: alpha/west/h100, domain: ${domain}, from: 2026-06-02, until: 2026-06-03 }
`,
      }),
      BUILT_IN,
    )
  const known = outageOf(0)
  expect(known.ok).toBe(true)
  const unknown = outageOf(99_999)
  expect(unknown.ok ? [] : unknown.problems).toMatchObject([
    { file: 'fleet/outages.yaml', line: 2, code: 'unknownDomain' },
  ])
})
