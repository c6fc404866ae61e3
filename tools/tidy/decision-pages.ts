import { headingsOf } from './markdown.ts'
import { nameOf } from './path.ts'
import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

const HEADINGS = ['Problem', 'Choice', 'Alternatives', 'What it rules out']

/** Every page of decisions/ is `0001-what-is-chosen.md`, numbered once, with the four headings in order and no other. */
export function decisionPages(repository: Repository): readonly Violation[] {
  const pages = repository.paths.filter((path) => path.startsWith('decisions/'))
  return pages.flatMap((path) => {
    const says = whyMisnamed(path, pages) ?? whyMisshapen(repository.text(path))
    return says ? [{ path, line: 1, says }] : []
  })
}

function whyMisnamed(path: string, pages: readonly string[]): string | undefined {
  const number = /^decisions\/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1]
  if (number === undefined) return 'a decision is named like 0001-what-is-chosen.md'
  const first = pages.find((page) => nameOf(page).startsWith(number))
  return first === path ? undefined : `has the number of ${first}`
}

function whyMisshapen(page: string): string | undefined {
  const found = headingsOf(page)
    .filter(({ level }) => level === 2)
    .map(({ text }) => text)
  if (found.join('|') === HEADINGS.join('|')) return undefined
  return `a decision has the headings ${HEADINGS.join(', ')}; this one has ${found.join(', ') || 'none'}`
}
