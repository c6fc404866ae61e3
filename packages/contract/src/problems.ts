/** Where in the portfolio's files something is, counted from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** What is wrong with a portfolio's files, where, and in the buyer's words. */
export interface PlacedProblem extends Place {
  readonly code: ProblemCode
  readonly message: string
}

/** Every code with what it means. Codes are stable: scripts may rely on them. */
export const PROBLEM_CODES = {
  missingSettings: 'The folder has no offtake.yaml',
  unexpectedFile: 'A file lies where the portfolio format knows none',
  noFolder: 'The folder is not there, or is no folder',
  noPermission: 'A file or folder may not be read',
  linkLoop: 'A symbolic link leads back to where it came from, or nowhere',
  notAFile: 'A thing that is no regular file lies where a file belongs',
  fileTooLarge: 'A file is larger than any portfolio needs',
  tooManyFiles: 'The folder has more files than any portfolio needs',
  notText: 'A file is not UTF-8 text',
  emptyFile: 'A file holds nothing',
  brokenYaml: 'A file is not well-formed YAML',
  duplicateField: 'A field is written twice in one place',
  tooManyAliases: 'YAML aliases expand beyond what a portfolio needs, or refer to themselves',
  tooDeep: 'YAML is nested deeper than a portfolio needs',
  brokenTable: 'A CSV file has a row that cannot be read, or lacks a column',
  unknownField: 'A field is not part of the format',
  missingField: 'A field that must be there is not',
  wrongType: 'A value is of another kind than the field takes',
  unknownChoice: 'A value is none of the words that the field takes',
  unreadableAmount: 'A sum of money cannot be read',
  amountOutOfRange: 'A sum of money is negative, or larger than any agreement',
  unreadableDate: 'A date cannot be read, or does not exist',
  dateOutOfRange: 'A date lies before 1970 or after 2199',
  unreadableDuration: 'A duration cannot be read',
  unreadableShare: 'A share cannot be read',
  shareOutOfRange: 'A share is not between 0 and 1',
  numberOutOfRange: 'A number is outside what the field takes',
  notWhole: 'A number must be whole',
  badIdentifier: 'An id has characters that ids do not have',
  badAccelerators: 'A number of accelerators is negative or not whole',
  duplicateId: 'Two things of one kind have the same id',
  unknownProfile: 'A workload names a profile that nobody knows',
  badProvenance: 'A figure has more than one of source, assumed and derived',
  badAlternative: 'Exactly one of several fields must be there',
  badProfile: 'Tables of a workload profile contradict themselves',
} as const

export type ProblemCode = keyof typeof PROBLEM_CODES

/** Problems in order of file, line and column, each said once. */
export function inOrder(problems: readonly PlacedProblem[]): PlacedProblem[] {
  const seen = new Set<string>()
  return [...problems]
    .sort((a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column)
    .filter((problem) => {
      const key = JSON.stringify([problem.file, problem.line, problem.column, problem.code, problem.message])
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
