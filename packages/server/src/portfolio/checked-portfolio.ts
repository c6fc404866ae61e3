import { type FileText, readFileTexts } from '@offtake/contract/portfolio/file-texts'
import { HARDWARE } from '@offtake/core/base/hardware-facts'
import { KNOWN_PROFILES } from '@offtake/core/demand/profiles/known-profiles'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { Problem } from '../problem.ts'
import { digestOfFiles } from './portfolio-store.ts'

const MOST_KEPT = 4
const MOST_TOLD = 100
const kept = new Map<string, Portfolio>()

/** The portfolio of these files; a problem `invalid` with the place of all that is wrong where they do not hold together. */
export function checkedPortfolio(files: readonly FileText[], digest = digestOfFiles(files)): Portfolio {
  const known = kept.get(digest)
  if (known) return known
  const read = readFileTexts(files, { hardware: HARDWARE, profiles: KNOWN_PROFILES })
  if (!read.ok) {
    const errors = read.problems.slice(0, MOST_TOLD).map(({ file, line, column, code, message }) => ({
      path: `${file}:${line}:${column}`,
      message: `${code} ${message}`,
    }))
    const [first] = errors
    const more = read.problems.length > 1 ? `, and ${read.problems.length - 1} more` : ''
    throw new Problem('invalid', `${first?.path} ${first?.message}${more}`, errors)
  }
  kept.set(digest, read.value)
  for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest)
  return read.value
}
