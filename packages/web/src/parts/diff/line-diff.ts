/** A line of a comparison of two texts. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Beyond so many changed lines, what lies between the first and the last of them is shown as replaced. */
const MOST_CHANGES = 1_500

/** The shortest list of lines that turns one text into the other (Myers 1986, greedy). */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [a, b] = [linesOf(before), linesOf(after)]
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1
  const same = (lines: readonly string[]): DiffLine[] => lines.map((text) => ({ kind: 'same', text }))
  return [
    ...same(a.slice(0, head)),
    ...between(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...same(a.slice(a.length - tail)),
  ]
}

function linesOf(text: string): string[] {
  if (text === '') return []
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function between(a: readonly string[], b: readonly string[]): DiffLine[] {
  const trace = shortestPath(a, b)
  if (!trace) return replaced(a, b)
  const lines: DiffLine[] = []
  let [x, y] = [a.length, b.length]
  for (let d = trace.length - 1; d >= 0; d--) {
    const furthest = trace[d] as ReadonlyMap<number, number>
    const k = x - y
    const isDown = k === -d || (k !== d && reach(furthest, k - 1) < reach(furthest, k + 1))
    const fromK = isDown ? k + 1 : k - 1
    const fromX = d === 0 ? 0 : reach(furthest, fromK)
    const fromY = d === 0 ? 0 : fromX - fromK
    while (x > fromX && y > fromY) {
      lines.push({ kind: 'same', text: a[--x] as string })
      y -= 1
    }
    if (d === 0) break
    if (isDown) lines.push({ kind: 'added', text: b[--y] as string })
    else lines.push({ kind: 'removed', text: a[--x] as string })
  }
  return lines.reverse()
}

function replaced(a: readonly string[], b: readonly string[]): DiffLine[] {
  return [
    ...a.map((text): DiffLine => ({ kind: 'removed', text })),
    ...b.map((text): DiffLine => ({ kind: 'added', text })),
  ]
}

/** How far one comes on each diagonal with each number of changes; nothing where too many are needed. */
function shortestPath(a: readonly string[], b: readonly string[]): ReadonlyMap<number, number>[] | undefined {
  const trace: Map<number, number>[] = []
  let furthest = new Map([[1, 0]])
  for (let d = 0; d <= Math.min(a.length + b.length, MOST_CHANGES); d++) {
    trace.push(new Map(furthest))
    const next = new Map(furthest)
    for (let k = -d; k <= d; k += 2) {
      const isDown = k === -d || (k !== d && reach(furthest, k - 1) < reach(furthest, k + 1))
      let x = isDown ? reach(furthest, k + 1) : reach(furthest, k - 1) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1
      next.set(k, x)
      if (x >= a.length && x - k >= b.length) return trace
    }
    furthest = next
  }
  return undefined
}

function reach(furthest: ReadonlyMap<number, number>, k: number): number {
  return furthest.get(k) ?? 0
}

/** A stretch of a comparison: lines that are shown, or how many equal ones are left out. */
export type DiffPart =
  | { readonly kind: 'lines'; readonly lines: readonly DiffLine[] }
  | { readonly kind: 'gap'; readonly count: number }

/** The changed lines with some around them. */
export function diffParts(lines: readonly DiffLine[], around = 3): DiffPart[] {
  const shown = new Set<number>()
  for (const [n, { kind }] of lines.entries())
    if (kind !== 'same') for (let near = n - around; near <= n + around; near++) shown.add(near)
  const parts: DiffPart[] = []
  for (let n = 0; n < lines.length; ) {
    const isShown = shown.has(n)
    const start = n
    while (n < lines.length && shown.has(n) === isShown) n += 1
    parts.push(isShown ? { kind: 'lines', lines: lines.slice(start, n) } : { kind: 'gap', count: n - start })
  }
  return parts
}
