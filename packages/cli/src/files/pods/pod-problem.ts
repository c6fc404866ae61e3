import type { TraceProblem } from '../traces/trace-problem.ts'
import { describeTraceProblem } from '../traces/trace-problem.ts'

/** What is wrong with a list of nodes or pods, or with their orders. */
export type PodProblem =
  | TraceProblem
  /** A value that is missing or cannot be, by its column; the row's line, 0 where the file is no table. */
  | { readonly code: 'badValue'; readonly file: string; readonly line: number; readonly field: string }
  | { readonly code: 'brokenOrders'; readonly file: string; readonly reason: string }

export function describePodProblem(problem: PodProblem): string {
  switch (problem.code) {
    case 'badValue':
      return `${problem.file}:${problem.line} badValue '${problem.field}' is missing or out of range`
    case 'brokenOrders':
      return `${problem.file} brokenOrders ${problem.reason}`
    default:
      return describeTraceProblem(problem)
  }
}
