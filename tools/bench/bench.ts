import { medianOf } from './median.ts'

/** One thing that is measured, again and again, beside a yardstick of the same run. */
export interface Bench {
  readonly name: string
  readonly about: string
  /** Why it cannot run here. `fails` where it should have been able to. */
  readonly unavailable?: () => { readonly because: string; readonly fails: boolean } | undefined
  readonly cases: readonly BenchCase[]
  /** Ends what the cases had in common. */
  readonly finish?: () => Promise<void>
}

export interface BenchCase {
  readonly name: string
  readonly repeats: number
  readonly figures: readonly Figure[]
  /** One run: a number for every figure. */
  readonly measure: () => Promise<Sample>
  readonly yardstick: Yardstick
}

/** A number that a run yields. */
export interface Figure {
  readonly key: string
  readonly unit: string
  readonly better: 'higher' | 'lower'
  /** What the design asks for, on a machine of two cores. Shown, never enforced. */
  readonly target?: number
}

/** The same kind of work without the product: machines differ, the ratio to it much less. */
export interface Yardstick {
  readonly name: string
  /** The figure that it is compared with, in the same unit. */
  readonly figure: string
  readonly measure: () => Promise<number>
}

export type Sample = Readonly<Record<string, number>>

/** What one case came to. */
export interface CaseResult {
  readonly name: string
  readonly repeats: number
  readonly figures: readonly FigureResult[]
  readonly yardstick: { readonly name: string; readonly median: number; readonly samples: readonly number[] }
}

export interface FigureResult extends Figure {
  readonly median: number
  readonly min: number
  readonly max: number
  readonly samples: readonly number[]
  /** The median, over the runs, of the figure ÷ the yardstick beside it; for the one figure that has a yardstick. */
  readonly ratio?: number
}

/** Runs a case and its yardstick in turns, so that both meet the same weather. */
export async function runCase(benchCase: BenchCase, say: (text: string) => void): Promise<CaseResult> {
  const { name, repeats, figures, measure, yardstick } = benchCase
  const samples: Sample[] = []
  const yardsticks: number[] = []
  for (let run = 1; run <= repeats; run += 1) {
    say(`${name}, run ${run} of ${repeats}`)
    yardsticks.push(await yardstick.measure())
    samples.push(await measure())
  }
  return {
    name,
    repeats,
    figures: figures.map((figure) => {
      const values = samples.map((sample) => sample[figure.key] ?? Number.NaN)
      const result = summarise(figure, values)
      if (figure.key !== yardstick.figure) return result
      return {
        ...result,
        ratio: medianOf(values.map((value, run) => value / (yardsticks[run] ?? Number.NaN))),
      }
    }),
    yardstick: { name: yardstick.name, median: medianOf(yardsticks), samples: yardsticks },
  }
}

function summarise(figure: Figure, samples: readonly number[]): FigureResult {
  return {
    ...figure,
    median: medianOf(samples),
    min: Math.min(...samples),
    max: Math.max(...samples),
    samples,
  }
}
