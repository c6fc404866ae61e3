import type { FileText } from '@offtake/contract/portfolio/file-texts'
import { describe, expect, test } from 'vitest'
import { smallFiles, withWords } from '../testing/small-files.ts'
import { checkedPortfolio } from './checked-portfolio.ts'
import { reasonsForTwo } from './second-person.ts'

function reasons(after: readonly FileText[], quotaAbove = 0): string[] {
  const [old, next] = [smallFiles(), after].map((files) => checkedPortfolio(files))
  return old && next
    ? reasonsForTwo(old, next, quotaAbove).map(({ what, target }) => `${what} ${target}`)
    : []
}

const QUOTA = '        accelerators: 16 # for the site'

describe('a change is no one person’s decision', () => {
  test.each<[string, readonly FileText[], readonly string[]]>([
    [
      'where it signs',
      withWords(smallFiles(), 'status: draft', 'status: signed'),
      ['agreementSigned second'],
    ],
    ['where it takes a signature back', smallFiles().map(withoutSignature), ['agreementRemoved first']],
    ['where it takes a signed one away', smallFiles().slice(1), ['agreementRemoved first']],
    [
      'where it changes what is owed',
      withWords(smallFiles(), 'total: 2m', 'total: 2.1m'),
      ['agreementChanged first'],
    ],
    [
      'where it changes how many come',
      withWords(smallFiles(), '        accelerators: 16\noptions', '        accelerators: 24\noptions'),
      ['agreementChanged first'],
    ],
    [
      'where it exercises',
      withWords(
        smallFiles(),
        'kind: extend,',
        `kind: extend, exercised: ${new Date().toISOString().slice(0, 10)},`,
      ),
      ['optionExercised first/longer'],
    ],
    [
      'where it moves quotas',
      withWords(smallFiles(), QUOTA, '        accelerators: 24'),
      ['quotaChanged product north/us-east/h100'],
    ],
  ])('%s', (_, after, expected) => {
    expect(reasons(after)).toEqual(expected)
  })

  test.each<[string, readonly FileText[]]>([
    ['nothing', smallFiles()],
    ['words for people', withWords(smallFiles(), 'kept as it is written', 'changed')],
    [
      'when a tranche is expected',
      withWords(smallFiles(), 'id: soon # asked for twice', 'id: soon\n        expected: 2027-06-01'),
    ],
    ['a draft', withWords(smallFiles(), 'amount: 2.25', 'amount: 2.00')],
    [
      'where a figure comes from',
      withWords(smallFiles(), 'amount: 2.5 ', 'amount: { value: 2.5, source: a letter } '),
    ],
  ])('but is, where it changes %s', (_, after) => {
    expect(reasons(after)).toEqual([])
  })

  test('and quotas are, up to so many accelerators together', () => {
    const moved = withWords(smallFiles(), QUOTA, '        accelerators: 24')
    expect(reasons(moved, 8)).toEqual([])
    const both = withWords(moved, 'accelerators: 32 }', 'accelerators: 24 }')
    expect(reasons(both, 15)).toHaveLength(2)
    expect(reasons(both, 16)).toEqual([])
  })
})

function withoutSignature({ path, text }: FileText): FileText {
  return { path, text: text.replace(/^signed: .*$/m, 'status: draft') }
}
