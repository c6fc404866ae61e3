/** One size at which a gang could be: what it takes beyond its smallest, and what that is worth. Worths are whole numbers. */
export interface Choice {
  readonly accelerators: number
  readonly worth: number
}

/** Steps of the exact way that are not too many. */
const EXACT_STEPS_MAX = 200_000

/**
 * Which choice of each gang to take so that all are worth most together and take no more than `capacity` (the multiple-choice
 * knapsack problem). Each gang's choices come in order of what they take; one of them must be taken, and the first ones fit
 * together. Exact where capacity × choices is small. Else by the steps between the choices that no mixture of others beats, the
 * best ratio of worth to accelerators first: that falls short of the best by less than the one step that came first of those
 * that did not fit (Sinha and Zoltners, Operations Research 27, 1979).
 */
export function divide(gangs: readonly (readonly Choice[])[], capacity: number): number[] {
  const steps = gangs.reduce((sum, choices) => sum + choices.length, 0)
  return (capacity + 1) * steps <= EXACT_STEPS_MAX ? exactly(gangs, capacity) : byRatio(gangs, capacity)
}

/** By dynamic programming over what is left. */
function exactly(gangs: readonly (readonly Choice[])[], capacity: number): number[] {
  let best = new Float64Array(capacity + 1)
  const taken: Int32Array[] = []
  for (const choices of gangs) {
    const next = new Float64Array(capacity + 1).fill(Number.NEGATIVE_INFINITY)
    const chosen = new Int32Array(capacity + 1)
    for (const [c, { accelerators, worth }] of choices.entries()) {
      for (let left = accelerators; left <= capacity; left++) {
        const sum = (best[left - accelerators] as number) + worth
        if (sum <= (next[left] as number)) continue
        next[left] = sum
        chosen[left] = c
      }
    }
    best = next
    taken.push(chosen)
  }
  const result: number[] = []
  let left = capacity
  for (let g = gangs.length - 1; g >= 0; g--) {
    const c = taken[g]?.[left] as number
    result.unshift(c)
    left -= gangs[g]?.[c]?.accelerators as number
  }
  return result
}

interface Step {
  readonly gang: number
  readonly to: number
  readonly accelerators: number
  readonly ratio: number
}

function byRatio(gangs: readonly (readonly Choice[])[], capacity: number): number[] {
  const result = gangs.map(() => 0)
  let left = capacity - gangs.reduce((sum, [first]) => sum + (first?.accelerators ?? 0), 0)
  const steps = gangs.flatMap((choices, gang) => stepsOf(choices, gang))
  steps.sort((a, b) => b.ratio - a.ratio || a.gang - b.gang || a.to - b.to)
  const stopped = new Set<number>()
  for (const { gang, to, accelerators } of steps) {
    if (accelerators > left) stopped.add(gang)
    if (stopped.has(gang)) continue
    result[gang] = to
    left -= accelerators
  }
  return result
}

/** From the first choice on along the upper hull of what choices take and what they are worth. */
function stepsOf(choices: readonly Choice[], gang: number): Step[] {
  const hull: number[] = []
  const ratio = (from: number, to: number): number => {
    const a = choices[from] as Choice
    const b = choices[to] as Choice
    return (b.worth - a.worth) / (b.accelerators - a.accelerators)
  }
  for (let to = 0; to < choices.length; to++) {
    while (
      hull.length > 1 &&
      ratio(hull.at(-2) as number, to) >= ratio(hull.at(-2) as number, hull.at(-1) as number)
    )
      hull.pop()
    if (hull.length === 0 || ratio(hull.at(-1) as number, to) > 0) hull.push(to)
  }
  return hull.slice(1).map((to, n) => {
    const from = hull[n] as number
    const accelerators = (choices[to] as Choice).accelerators - (choices[from] as Choice).accelerators
    return { gang, to, accelerators, ratio: ratio(from, to) }
  })
}
