import { lineDiff } from './line-diff.ts'

/** Lines of the base, from one up to another, and what stands in their place. */
interface Hunk {
  readonly from: number
  readonly until: number
  readonly lines: readonly string[]
}

/**
 * What two people made of one text, together; nothing where both changed the same place, or places beside one another, and
 * not in the same way.
 */
export function mergeTexts(base: string, mine: string, theirs: string): string | undefined {
  const ours = [...hunksOf(base, mine), ...hunksOf(base, theirs)].sort(
    (a, b) => a.from - b.from || a.until - b.until,
  )
  const hunks = ours.filter((hunk, n) => n === 0 || !isAlike(hunk, ours[n - 1] as Hunk))
  for (let n = 1; n < hunks.length; n++)
    if ((hunks[n] as Hunk).from <= (hunks[n - 1] as Hunk).until) return undefined
  const lines = base.split('\n')
  for (const { from, until, lines: instead } of hunks.reverse()) lines.splice(from, until - from, ...instead)
  return lines.join('\n')
}

function hunksOf(base: string, changed: string): Hunk[] {
  const hunks: Hunk[] = []
  let at = 0
  let open: { from: number; lines: string[] } | undefined
  const close = (): void => {
    if (open) hunks.push({ from: open.from, until: at, lines: open.lines })
    open = undefined
  }
  for (const { kind, text } of lineDiff(`${base}\n`, `${changed}\n`)) {
    if (kind === 'same') close()
    else open ??= { from: at, lines: [] }
    if (kind === 'added') open?.lines.push(text)
    else at += 1
  }
  close()
  return hunks
}

function isAlike(a: Hunk, b: Hunk): boolean {
  return a.from === b.from && a.until === b.until && a.lines.join('\n') === b.lines.join('\n')
}
