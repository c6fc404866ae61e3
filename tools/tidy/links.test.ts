import { expect, test } from 'vitest'
import { links } from './links.ts'
import { placesFound } from './testing/plant.ts'

const PAGE = '# Title\n\n## Take-or-pay & `true-up`\n\n## Twice\n\n## Twice\n'

test('links to files, folders, headings and the web work', () => {
  const page = [
    '[a](docs/page.md) [b](docs/) [c](docs/page.md#take-or-pay--true-up) [d](#title)',
    '![e](docs/e.png "picture") <img src="docs/e.png"> [f]: none [g](docs/page.md#twice-1)',
    '[h](https://example.org/x#y) [i][ref]',
    '',
    '[ref]: docs/page.md',
  ].join('\n')
  const found = placesFound(links, {
    'README.md': `# Title\n${page}`,
    'docs/page.md': PAGE,
    'docs/e.png': '',
  })
  expect(found).toEqual([])
})

test.each([
  ['a missing file', '[a](docs/none.md)'],
  ['a missing picture', '![a](none.png)'],
  ['a missing picture in HTML', '<img src="none.png">'],
  ['a missing heading', '[a](docs/page.md#none)'],
  ['a heading repeated less often', '[a](docs/page.md#twice-2)'],
  ['a missing heading of the same page', '[a](#none)'],
  ['a file outside of the repository', '[a](../other/page.md)'],
  ['a missing file by reference', '[a]: docs/none.md'],
])('a link to %s is reported', (_, link) => {
  expect(placesFound(links, { 'README.md': `# Title\n\n${link}\n`, 'docs/page.md': PAGE })).toEqual([
    'README.md:3',
  ])
})

test('what looks like a link in code is none', () => {
  const page = 'a `[a](none.md)` b\n\n```\n[a](none.md)\n# None\n```\n\n    [a](none.md)\n'
  expect(placesFound(links, { 'README.md': page })).toEqual([])
})
