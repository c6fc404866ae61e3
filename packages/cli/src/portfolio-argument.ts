import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileText } from '@offtake/contract/portfolio/file-texts'
import { readPortfolio } from '@offtake/contract/portfolio/read-portfolio'
import { inOrder, type PlacedProblem } from '@offtake/contract/problems'
import { HARDWARE } from '@offtake/core/base/hardware-facts'
import { failed, type Result } from '@offtake/core/base/result'
import { KNOWN_PROFILES } from '@offtake/core/demand/profiles/known-profiles'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { readPortfolioFolder } from './files/portfolio-folder.ts'
import type { Output } from './output.ts'

/** The portfolio in a folder; where it has problems, prints them all and returns nothing: the command then ends with `badInput`. */
export async function loadPortfolio(dir: string, output: Output): Promise<Portfolio | undefined> {
  const result = await tryPortfolio(dir)
  if (result.ok) return result.value
  for (const problem of result.problems) output.problem(formatProblem(dir, problem))
  return undefined
}

/** The portfolio in a folder, or all that is wrong with it. */
export async function tryPortfolio(dir: string): Promise<Result<Portfolio, PlacedProblem>> {
  const folder = await readPortfolioFolder(dir)
  if (folder.problems.some(({ file }) => file === '')) return failed(...folder.problems)
  const result = readPortfolio(folder.files, { hardware: HARDWARE, profiles: KNOWN_PROFILES })
  if (result.ok && folder.problems.length === 0) return result
  return failed(...inOrder([...folder.problems, ...(result.ok ? [] : result.problems)]))
}

/** The files of a portfolio byte for byte, where they hold together; else prints all problems and returns nothing. */
export async function loadFileTexts(dir: string, output: Output): Promise<FileText[] | undefined> {
  if (!(await loadPortfolio(dir, output))) return undefined
  const { texts, tables } = (await readPortfolioFolder(dir)).files
  const paths = [...texts, ...tables].map(({ file }) => file)
  return Promise.all(
    paths.map(async (path) => ({ path, text: EXACT.decode(await readFile(join(dir, path))) })),
  )
}

/** Keeps what a text may begin with to say that it is one. */
const EXACT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** `file:line:column code message`. */
export function formatProblem(dir: string, problem: PlacedProblem): string {
  const { file, line, column, code, message } = problem
  return `${join(dir, file)}:${line}:${column} ${code} ${message}`
}
