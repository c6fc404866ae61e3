import type { CapacityOfPool } from '@offtake/contract/api/capacity-routes'
import { groupBy } from '@offtake/core/base/group'
import type { TimeSeries } from '../../parts/chart/time-chart.tsx'
import type { Grouping } from './capacity-search.ts'
import type { Gap, GroupSteps, Steps } from './what-if-answers.ts'

interface Shown {
  readonly items: readonly CapacityOfPool[]
  readonly before: Gap | undefined
  readonly after: Gap | undefined
  readonly by: Grouping
  readonly pool: string | undefined
}

interface Colors {
  readonly ink: string
  readonly warn: string
  readonly quiet: string
}

/** What is there group upon group, what was promised and is asked for, and what would be there if nothing slipped. */
export function capacitySeries({ items, before, after, by, pool }: Shown, colors: Colors): TimeSeries[] {
  const gap = after ?? before
  const groups = gap
    ? gap.groups[pool === undefined ? by : 'pool']
    : groupsOf(items, pool === undefined ? by : 'pool')
  const shown = groups.filter(({ key }) => pool === undefined || key === pool)
  const moments = momentsOf(shown.flatMap(({ promised, delivered }) => [promised, delivered]))
  const promised = addUp(
    shown.map((group) => group.promised),
    moments,
  )
  const stacked = shown.map(({ key, delivered }, n) => ({
    name: key,
    color: n,
    points: moments.map((at): [number, number] => [at, valueAt(delivered, at)]),
    stack: 'delivered',
    isStep: true,
    isFilled: true,
  }))
  const unslipped =
    after && before
      ? before.groups[pool === undefined ? by : 'pool'].filter(
          ({ key }) => pool === undefined || key === pool,
        )
      : []
  return [
    ...stacked,
    { name: 'promised', points: promised, isStep: true, isDashed: true, color: colors.ink },
    ...(unslipped.length > 0
      ? [
          {
            name: 'without the delay',
            points: addUp(
              unslipped.map(({ delivered }) => delivered),
              momentsOf(unslipped.map(({ delivered }) => delivered)),
            ),
            isStep: true,
            isDashed: true,
            color: colors.quiet,
          },
        ]
      : []),
    ...(gap && pool === undefined
      ? [{ name: 'asked for', points: gap.demand, isStep: true, color: colors.warn }]
      : []),
  ]
}

/** As the server tells it, before anything is worked out here. */
function groupsOf(items: readonly CapacityOfPool[], by: Grouping): GroupSteps[] {
  const groups = groupBy(items, (item) => item[by])
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, pools]) => {
      const of = (what: 'promised' | 'delivered'): Steps => {
        const each = pools.map(({ steps }) => steps.map((step) => [Date.parse(step.at), step[what]] as const))
        return addUp(each, momentsOf(each))
      }
      return { key, promised: of('promised'), delivered: of('delivered') }
    })
}

function momentsOf(all: readonly Steps[]): number[] {
  return [...new Set(all.flatMap((steps) => steps.map(([at]) => at)))].sort((a, b) => a - b)
}

function addUp(all: readonly Steps[], moments: readonly number[]): [number, number][] {
  return moments.map((at) => [at, all.reduce((sum, steps) => sum + valueAt(steps, at), 0)])
}

function valueAt(steps: Steps, at: number): number {
  return steps.findLast(([since]) => since <= at)?.[1] ?? 0
}
