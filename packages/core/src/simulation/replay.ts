import type { AllocationEvent } from '../allocation/events.ts'
import type { QueuePolicy } from '../allocation/policies/queue-policy.ts'
import type { Instant } from '../base/instant.ts'
import type { FleetPool } from '../capacity/fleet.ts'
import type { Gang } from '../demand/gang.ts'
import type { Job } from '../demand/job.ts'
import type { RunStatistics } from './run-statistics.ts'
import { type PlannedCommand, type SimulationInput, Simulator, type TimedCommand } from './simulator.ts'
import { StatisticsObserver } from './statistics-observer.ts'

/**
 * What the allocator knows of how long jobs run. `known`: as if every user stated an exact limit. `stated`: the limits that the
 * trace states. `foreseen`: where it states none, what those that ended before teach.
 */
export type KnownDurations = 'known' | 'stated' | 'foreseen'

export interface Replay {
  readonly pools: readonly FleetPool[]
  /** In order of submission, at least one. */
  readonly jobs: readonly Job[]
  readonly policy: QueuePolicy
  readonly durations: KnownDurations
  /** Sees every event, in order. */
  readonly observe?: (event: AllocationEvent) => void
  /** Sees the share of jobs that have been submitted, from time to time. */
  readonly progress?: (share: number) => void
}

/** Plays a trace on a fleet that is there from the first submission on, until the last job has ended. */
export function replayTrace(replay: Replay): RunStatistics {
  const { observe } = replay
  const statistics = new StatisticsObserver()
  const simulator = new Simulator(replayInput(replay), (event) => {
    statistics.observe(event)
    observe?.(event)
  })
  simulator.run()
  return statistics.finish()
}

/** What the simulator needs to play a trace. */
export function replayInput({ pools, jobs, policy, durations, progress }: Replay): SimulationInput {
  const start = jobs[0]?.submitted ?? (0 as Instant)
  return {
    policy: durations === 'foreseen' ? { ...policy, foresees: true } : policy,
    tenants: [],
    reclaimNoticeMs: 0,
    commands: pools.flatMap((pool) => arrival(pool, start)),
    jobs: durations === 'known' ? withKnownDurations(jobs, progress) : counted(jobs, progress),
  }
}

function arrival({ pool, groups, cpuCores, from, until }: FleetPool, start: Instant): TimedCommand[] {
  const at = from !== undefined && from > start ? from : start
  const nodes = groups.reduce((sum, { domains, nodesPerDomain }) => sum + domains * nodesPerDomain, 0)
  const leaves: PlannedCommand = { kind: 'removeNodes', poolId: pool.id, firstNode: 0, nodes, cpuCores }
  return [
    { at: start, command: { kind: 'openPool', pool } },
    { at, command: { kind: 'addNodes', poolId: pool.id, nodes: groups, cpuCores } },
    ...(until !== undefined && until > at && nodes + cpuCores > 0 ? [{ at: until, command: leaves }] : []),
  ]
}

const PROGRESS_STEP = 4096

function* counted(jobs: readonly Job[], progress: Replay['progress']): Generator<Job> {
  for (const [n, job] of jobs.entries()) {
    if (progress && n % PROGRESS_STEP === 0) progress(n / jobs.length)
    yield job
  }
  progress?.(1)
}

function* withKnownDurations(jobs: readonly Job[], progress: Replay['progress']): Generator<Job> {
  for (const { gang, submitted, workMs } of counted(jobs, progress))
    yield { gang: withLimit(gang, workMs), submitted, workMs }
}

/** Made with all its fields at once: a copy that gets a field afterwards is slow to make, and slow to read ever after. */
function withLimit(gang: Gang, limitMs: number): Gang {
  const { id, tenant, priority, roles, restartMs, reclaimable } = gang
  const copy = Object.assign({ id, tenant, priority, roles, restartMs, reclaimable, limitMs }, gang)
  copy.limitMs = limitMs
  return copy
}
