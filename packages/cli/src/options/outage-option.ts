import { parseDate } from '@offtake/contract/portfolio/date'
import { suggestion } from '@offtake/contract/portfolio/nearest'
import type { Instant } from '@offtake/core/base/instant'
import { formatInstant } from '@offtake/core/base/instant'
import { intersection } from '@offtake/core/base/span'
import type { DatedOutage } from '@offtake/core/capacity/outage-plan'
import type { Pool } from '@offtake/core/capacity/pool'
import { capacityOf } from '@offtake/core/capacity/timeline'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { InvalidArgumentError, Option } from 'commander'
import type { Output } from '../output.ts'

const DATE = String.raw`\d{4}-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?)?`
const OUTAGE = new RegExp(`^(.+?):(${DATE}):(${DATE})$`)

/** `--outage PROVIDER:FROM:UNTIL`, as often as wanted: what if all of a provider, or of a pool, went out of service? */
export function outageOption(): Option {
  return new Option(
    '--outage <name:from:until>',
    'what if a provider or a pool went out: PROVIDER:2026-03-01:2026-03-04, or PROVIDER/REGION/HARDWARE:…; can be given again',
  )
    .argParser((text, before: readonly DatedOutage[] = []): readonly DatedOutage[] => [
      ...before,
      readOutage(text),
    ])
    .default([], 'none')
}

function readOutage(text: string): DatedOutage {
  const [, name = '', from = '', until = ''] = OUTAGE.exec(text) ?? []
  if (name === '') throw new InvalidArgumentError('Write PROVIDER:2026-03-01:2026-03-04, or a pool instead.')
  const [start, end] = [readMoment(from), readMoment(until)]
  if (start >= end) throw new InvalidArgumentError(`It ends on ${until}, which is not after ${from}.`)
  const of = name.includes('/')
    ? ({ kind: 'pool', poolId: name } as const)
    : ({ kind: 'provider', provider: name } as const)
  return { kind: 'dated', of, start, until: end, announcedMs: 0 }
}

function readMoment(text: string): Instant {
  const at = parseDate(text)
  if (typeof at === 'object') throw new InvalidArgumentError(at.message)
  return at
}

/** Whether every outage takes something away within the window; says which do not. */
export function areOutagesFelt(
  portfolio: Portfolio,
  outages: readonly DatedOutage[],
  output: Output,
): boolean {
  const { window, horizon } = portfolio
  const pools = capacityOf({ ...portfolio, slips: new Map(), horizon }).map(({ pool }) => pool)
  const problems = outages.flatMap((outage) => {
    const name = nameOf(outage)
    const names = namesLike(outage, pools)
    if (!names.includes(name)) {
      const what = outage.of.kind === 'pool' ? 'pool' : 'provider'
      return [`--outage ${name}: there is no such ${what}${suggestion(name, names)}`]
    }
    const isWithin = intersection(outage, window) !== undefined
    const stretch = `${formatInstant(window.start)} to ${formatInstant(window.until)}`
    return isWithin ? [] : [`--outage ${name}: it is not within the window that is played, ${stretch}`]
  })
  for (const problem of problems) output.problem(problem)
  return problems.length === 0
}

function nameOf({ of }: DatedOutage): string {
  return of.kind === 'provider' ? of.provider : of.poolId
}

function namesLike({ of }: DatedOutage, pools: readonly Pool[]): string[] {
  return pools.map(({ id, provider }) => (of.kind === 'provider' ? provider : id))
}
