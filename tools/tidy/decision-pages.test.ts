import { expect, test } from 'vitest'
import { decisionPages } from './decision-pages.ts'
import { placesFound } from './testing/plant.ts'

const PAGE = '# A\n\n## Problem\n\n## Choice\n\n### Detail\n\n## Alternatives\n\n## What it rules out\n'

test('a page with the four headings in order is fine', () => {
  expect(placesFound(decisionPages, { 'decisions/0001-money.md': PAGE })).toEqual([])
})

test.each([
  ['lacks a heading', PAGE.replace('## Alternatives', '')],
  ['has one more', `${PAGE}\n## Status\n`],
  [
    'has them in another order',
    PAGE.replace('Problem', 'X').replace('Choice', 'Problem').replace('X', 'Choice'),
  ],
  ['only quotes one', PAGE.replace('## Choice', '```\n## Choice\n```')],
])('a page that %s is reported', (_, page) => {
  expect(placesFound(decisionPages, { 'decisions/0001-money.md': page })).toEqual([
    'decisions/0001-money.md:1',
  ])
})

test('pages are numbered, once each', () => {
  const found = placesFound(decisionPages, {
    'decisions/0001-money.md': PAGE,
    'decisions/0001-time.md': PAGE,
    'decisions/why.md': PAGE,
  })
  expect(found).toEqual(['decisions/0001-time.md:1', 'decisions/why.md:1'])
})
