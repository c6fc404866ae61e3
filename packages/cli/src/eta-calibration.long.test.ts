import { EtaForecaster } from '@offtake/core/allocation/explain/eta-forecaster'
import { POLICIES, type PolicyName } from '@offtake/core/allocation/policies/policy-names'
import type { Instant } from '@offtake/core/base/instant'
import { prng } from '@offtake/core/base/prng'
import type { FleetPool } from '@offtake/core/capacity/fleet'
import type { Job } from '@offtake/core/demand/job'
import { replayInput } from '@offtake/core/simulation/replay'
import { Simulator } from '@offtake/core/simulation/simulator'
import { expect } from 'vitest'
import { readTrace, type TraceFormat } from './files/traces/read-trace.ts'
import { traceFleetOf } from './files/traces/trace-fleet.ts'
import { machines } from './testing/machines.ts'
import { testOnRealData } from './testing/real-data.ts'

interface Played {
  readonly asked: number
  readonly stated: number
  readonly within: number
  readonly exact: number
}

interface Case {
  readonly format: TraceFormat
  readonly pools: readonly FleetPool[]
  /** How many times too long limits are at most; none are stated where absent. */
  readonly limitUpTo?: number
  readonly policy?: PolicyName
}

/**
 * Asks for the ETA of one gang now and then that waits for its first start, and counts by itself how many started within the
 * range stated.
 */
async function play(path: string, { format, pools, limitUpTo, policy = 'default' }: Case): Promise<Played> {
  const read = await readTrace(path, format, traceFleetOf(pools))
  if (!read.ok) return expect.fail(JSON.stringify(read.problems))
  const jobs = withLimits(read.value.jobs, limitUpTo)
  const stated: {
    readonly gangId: string
    readonly from: number
    readonly until: number
    readonly eta: number
  }[] = []
  const started = new Map<string, number>()
  const input = replayInput({ pools, jobs, policy: POLICIES[policy], durations: 'stated' })
  const simulator: Simulator = new Simulator(input, (event) => {
    forecaster.observe(event)
    if (event.kind === 'placed' && !started.has(event.gangId)) started.set(event.gangId, event.at)
  })
  const forecaster = new EtaForecaster(simulator.allocator, Math.ceil(jobs.length / 400))
  let asked = 0
  for (let n = 150; n < jobs.length; n += Math.ceil(jobs.length / 1000)) {
    const at = ((jobs[n]?.submitted ?? 0) + 1) as Instant
    simulator.run(at)
    const waiting = [...simulator.allocator.state.queue].filter(({ gang }) => !started.has(gang.id))
    const gang = waiting[(n * 7919) % Math.max(1, waiting.length)]
    if (!gang) continue
    asked += 1
    const eta = forecaster.etaOf(gang.gang.id, at)
    if (eta?.range) stated.push({ gangId: gang.gang.id, ...eta.range, eta: eta.at })
  }
  simulator.run()
  const within = stated.filter(({ gangId, from, until }) => {
    const start = started.get(gangId) ?? Number.POSITIVE_INFINITY
    return start >= from && start <= until
  })
  const exact = stated.filter(({ gangId, eta }) => started.get(gangId) === eta)
  return { asked, stated: stated.length, within: within.length, exact: exact.length }
}

/** As if users stated limits of up to so many times what their jobs run for: what they really state is not published. */
function withLimits(jobs: readonly Job[], upTo: number | undefined): readonly Job[] {
  const chance = prng('limits')
  return jobs.map((job) => {
    const { limitMs: _, ...gang } = job.gang
    if (upTo === undefined) return { ...job, gang }
    return { ...job, gang: { ...gang, limitMs: Math.ceil(job.workMs * (1 + (upTo - 1) * chance.next())) } }
  })
}

const PHILLY = { format: 'philly', pools: [machines('gpu', 75, 8)] } as const
const MURI = { format: 'muri', pools: [machines('gpu', 8, 8)] } as const

function shareOf(name: string, { asked, stated, within }: Played): number {
  const share = within / stated
  console.log(
    `${name}: ${asked} asked, ${stated} ranges stated, ${(100 * share).toFixed(1)} % of the starts within`,
  )
  return share
}

testOnRealData(
  'of the ranges stated on Philly, where limits are up to five times too long, about four of five hold',
  'philly/jobs.csv.gz',
  async (path) => {
    const share = shareOf('philly, limits up to 5×', await play(path, { ...PHILLY, limitUpTo: 5 }))
    expect(share).toBeGreaterThan(0.77)
    expect(share).toBeLessThan(0.85)
  },
)

testOnRealData(
  'of those on Philly without any limits about four of five hold too',
  'philly/jobs.csv.gz',
  async (path) => {
    const share = shareOf('philly, no limits', await play(path, PHILLY))
    expect(share).toBeGreaterThan(0.75)
    expect(share).toBeLessThan(0.85)
  },
)

testOnRealData(
  'of those on Muri, where a start teaches only after weeks, at least three of four hold',
  'muri/trace1.csv',
  async (path) => {
    const share = shareOf('muri, limits up to 5×', await play(path, { ...MURI, limitUpTo: 5 }))
    expect(share).toBeGreaterThan(0.75)
    expect(share).toBeLessThan(0.92)
  },
)

testOnRealData(
  'what holds on Muri without limits, and under a policy that stops others, is told',
  'muri/trace1.csv',
  async (path) => {
    shareOf('muri, no limits', await play(path, MURI))
    shareOf('muri, limits up to 5×, srsf', await play(path, { ...MURI, limitUpTo: 5, policy: 'srsf' }))
  },
)

testOnRealData(
  'where every limit is exact, nine of ten ETAs on Philly come true to the second, and the ranges hold at least as often',
  'philly/jobs.csv.gz',
  async (path) => {
    const played = await play(path, { ...PHILLY, limitUpTo: 1 })
    expect(shareOf('philly, exact limits', played)).toBeGreaterThan(0.8)
    expect(played.exact / played.stated).toBeGreaterThan(0.9)
  },
)
