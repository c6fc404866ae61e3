import { describe, expect, test } from 'vitest'
import { BUILT_IN, SMALL_PRICES, SMALL_TEXTS } from '../testing/small-portfolio.ts'
import { type FileText, inFolderOrder, isPortfolioPath, readFileTexts } from './file-texts.ts'

const FILES: readonly FileText[] = [
  ...Object.entries(SMALL_TEXTS).map(([path, text]) => ({ path, text })),
  { path: 'prices/list.csv', text: `${SMALL_PRICES.map((row) => row.join(',')).join('\n')}\n` },
]

function codesOf(files: readonly FileText[]): string[] {
  const read = readFileTexts(files, BUILT_IN)
  return read.ok ? [] : read.problems.map(({ file, code }) => `${file} ${code}`)
}

describe('files as texts', () => {
  test('are the portfolio that they say, whatever their order and their line ends', () => {
    const read = readFileTexts(FILES, BUILT_IN)
    expect(read.ok).toBe(true)
    const others = [...FILES].reverse().map(({ path, text }) => ({
      path,
      text: `\uFEFF${text.replaceAll('\n', '\r\n')}`,
    }))
    expect(readFileTexts(others, BUILT_IN)).toEqual(read)
  })

  test('are refused for a path that the format has no place for, with all else that is wrong', () => {
    const odd = { path: '../escape.yaml', text: 'id: x' }
    const broken = { path: 'prices/list.csv', text: 'series,"from' }
    expect(codesOf([...FILES.slice(0, -1), odd, broken])).toEqual([
      '../escape.yaml unexpectedFile',
      'agreements/alpha.yaml unknownSeries',
      'prices/list.csv brokenTable',
    ])
  })

  test('are no text where they have a zero in them, and are refused where they are too large', () => {
    const zero = { path: 'fleet/zero.yaml', text: 'pools: []\n# \0' }
    const large = { path: 'fleet/large.yaml', text: '#'.repeat(2 ** 21 + 1) }
    expect(codesOf([...FILES, zero, large])).toEqual([
      'fleet/large.yaml fileTooLarge',
      'fleet/zero.yaml notText',
    ])
  })
})

test.each([
  ['offtake.yaml', true],
  ['agreements/a.yaml', true],
  ['agreements/2026/a b.yaml', true],
  ['prices/list.csv', true],
  ['agreements/a.yml', false],
  ['prices/list.yaml', false],
  ['agreements/.yaml', false],
  ['agreements/../offtake.yaml', false],
  ['agreements//a.yaml', false],
  ['agreements/a\\b.yaml', false],
  ['agreements/a\n.yaml', false],
  ['/agreements/a.yaml', false],
  ['agreements.yaml', false],
  ['README.md', false],
])('the format has a place for %j: %j', (path, has) => {
  expect(isPortfolioPath(path)).toBe(has)
})

test('a folder is read before a file whose name begins as its own', () => {
  const paths = ['agreements/a.yaml', 'agreements/a/b.yaml', 'agreements/A.yaml'].map((path) => ({ path }))
  expect(inFolderOrder(paths).map(({ path }) => path)).toEqual([
    'agreements/A.yaml',
    'agreements/a/b.yaml',
    'agreements/a.yaml',
  ])
})
