import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

const LOCK = 'package-lock.json'

/** The lock file says what is installed, by digest, and not from where: each machine has its own registry. */
export function lockFile(repository: Repository): readonly Violation[] {
  if (!repository.has(LOCK)) return [{ path: LOCK, line: 1, says: 'is missing' }]
  return repository
    .text(LOCK)
    .split('\n')
    .flatMap((text, at) =>
      /"resolved":\s*"\w+:/.test(text)
        ? [{ path: LOCK, line: at + 1, says: 'names where a package came from' }]
        : [],
    )
}
