import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

const LINES_MAX = 400

export function fileSize(repository: Repository): readonly Violation[] {
  return repository.code.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n').length
    return lines <= LINES_MAX
      ? []
      : [{ path, line: lines, says: `has ${lines} lines; ${LINES_MAX} is the limit` }]
  })
}
