import type { CaseResult } from './bench.ts'

/** What must not get worse: ratios to the yardstick of the same run, and memory, which does not depend on the weather. */
export interface Limit {
  readonly ratioAtLeast?: number
  readonly ratioAtMost?: number
  readonly atMost?: number
}

/** bench/limits.json: by bench, case and figure. */
export type Limits = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Limit>>>>>>

export interface Verdict {
  readonly case: string
  readonly figure: string
  readonly limit: string
  readonly holds: boolean
}

/** One verdict for every limit of the bench; a limit on what was not measured does not hold. */
export function judge(limits: Limits, bench: string, results: readonly CaseResult[]): readonly Verdict[] {
  return Object.entries(limits[bench] ?? {}).flatMap(([caseName, figures]) =>
    Object.entries(figures).map(([key, limit]) => {
      const measured = results
        .find(({ name }) => name === caseName)
        ?.figures.find((figure) => figure.key === key)
      return { case: caseName, figure: key, limit: describeLimit(limit), holds: isWithin(limit, measured) }
    }),
  )
}

function isWithin(
  limit: Limit,
  measured: { readonly median: number; readonly ratio?: number } | undefined,
): boolean {
  if (!measured) return false
  const { ratioAtLeast, ratioAtMost, atMost } = limit
  const ratio = measured.ratio ?? Number.NaN
  if (ratioAtLeast !== undefined && !(ratio >= ratioAtLeast)) return false
  if (ratioAtMost !== undefined && !(ratio <= ratioAtMost)) return false
  return atMost === undefined || measured.median <= atMost
}

function describeLimit({ ratioAtLeast, ratioAtMost, atMost }: Limit): string {
  return [
    ...(ratioAtLeast === undefined ? [] : [`ratio ≥ ${ratioAtLeast}`]),
    ...(ratioAtMost === undefined ? [] : [`ratio ≤ ${ratioAtMost}`]),
    ...(atMost === undefined ? [] : [`≤ ${atMost}`]),
  ].join(', ')
}
