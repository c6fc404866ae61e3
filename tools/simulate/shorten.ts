import type { DrawnHistory } from '@offtake/core/simulation/histories/draw-history'

/**
 * Leaves out jobs and commands, in ever smaller pieces, as long as the history still fails: in the end each that is left is
 * needed.
 */
export function shorten(history: DrawnHistory, fails: (shorter: DrawnHistory) => boolean): DrawnHistory {
  let kept = history
  for (let size = Math.ceil(partsOf(history) / 2); ; size = Math.ceil(size / 2)) {
    const before = partsOf(kept)
    for (let first = 0; first < partsOf(kept); ) {
      const shorter = without(kept, first, first + size)
      if (fails(shorter)) kept = shorter
      else first += size
    }
    if (size <= 1 && partsOf(kept) === before) return kept
  }
}

function partsOf({ jobs, commands }: DrawnHistory): number {
  return jobs.length + commands.length
}

/** Jobs are counted before commands. */
function without(history: DrawnHistory, first: number, until: number): DrawnHistory {
  const { jobs, commands } = history
  const isKept = (part: number): boolean => part < first || part >= until
  return {
    ...history,
    jobs: jobs.filter((_, n) => isKept(n)),
    commands: commands.filter((_, n) => isKept(jobs.length + n)),
  }
}
