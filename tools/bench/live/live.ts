import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { type PostgresServer, postgresPrograms, startPostgres } from '@offtake/server/testing/postgres-server'
import type { Bench, BenchCase } from '../bench.ts'
import { medianOf } from '../median.ts'
import { missingDaemons, SlurmCluster } from '../slurm/cluster.ts'
import { bareCommits } from './bare-commits.ts'
import { failOver } from './fail-over.ts'
import { JOB, type LiveServer, startLiveServer } from './live-server.ts'
import { load } from './load.ts'
import { longestToReachAll } from './many-streams.ts'
import { insertMillionJobs, readJobs } from './million-jobs.ts'
import { replayMillion } from './recovery.ts'

const SECONDS = 8
const CONNECTIONS = 64
const STEADY = 1_000
/** How long nobody may be answered where the leader goes. */
const LONGEST_PAUSE_MS = 5_000

const submit = () => ({ path: '/v1/jobs', body: JOB })

/** The live control plane over HTTP, every answer durable, on this machine's cores together with whoever asks. */
export const LIVE: Bench = {
  name: 'live',
  about:
    'submissions, lists, streams and restarts of a real server, beside single commits of the same PostgreSQL and sbatch',
  unavailable: () =>
    postgresPrograms() === undefined
      ? { because: 'PostgreSQL is not installed (Debian: postgresql)', fails: false }
      : undefined,
  cases: [
    submissions('PostgreSQL', (postgres) => startLiveServer(postgres.url('postgres')), 2_000),
    submissions('PGlite', () => startLiveServer(), 1_000),
    {
      name: 'lists and streams',
      repeats: 1,
      figures: [
        { key: 'readsPerSecond', unit: 'pages/s of a list of 1,000,000 jobs', better: 'higher' },
        { key: 'readP99Ms', unit: 'ms p99 of a page', better: 'lower', target: 50 },
        {
          key: 'streamMs',
          unit: 'ms until an event is on the last of 1,000 streams',
          better: 'lower',
          target: 250,
        },
      ],
      measure: () => withServer((postgres) => startLiveServer(postgres.url('postgres')), measureReads),
      yardstick: commits('readsPerSecond'),
    },
    {
      name: 'restart',
      repeats: 1,
      figures: [
        { key: 'eventsPerSecond', unit: 'events/s replayed', better: 'higher', target: 100_000 },
        { key: 'millionSeconds', unit: 's for 1,000,000 events', better: 'lower', target: 20 },
      ],
      measure: () =>
        withPostgres(async (postgres) => {
          const { eventsPerSecond, seconds } = await replayMillion(postgres.url('postgres'))
          return { eventsPerSecond, millionSeconds: seconds }
        }),
      yardstick: commits('eventsPerSecond'),
    },
    {
      name: 'fail-over',
      repeats: 1,
      figures: [
        {
          key: 'killedMs',
          unit: 'ms without an answer where the leader is killed (median)',
          better: 'lower',
        },
        { key: 'killedMostMs', unit: 'ms at most', better: 'lower', target: LONGEST_PAUSE_MS },
        { key: 'stoppedMs', unit: 'ms without an answer where it is stopped (median)', better: 'lower' },
        { key: 'stoppedMostMs', unit: 'ms at most', better: 'lower', target: LONGEST_PAUSE_MS },
        { key: 'perSecond', unit: 'durable submissions/s meanwhile', better: 'higher' },
      ],
      measure: () =>
        withPostgres(async (postgres) => {
          const { killed, stopped, perSecond } = await failOver(postgres.url('postgres'))
          return {
            killedMs: medianOf(killed),
            killedMostMs: Math.max(...killed),
            stoppedMs: medianOf(stopped),
            stoppedMostMs: Math.max(...stopped),
            perSecond,
          }
        }),
      yardstick: commits('perSecond'),
    },
  ],
}

function submissions(
  name: string,
  start: (postgres: PostgresServer) => Promise<LiveServer>,
  target: number,
): BenchCase {
  return {
    name: `submissions, ${name}`,
    repeats: 3,
    figures: [
      { key: 'perSecond', unit: 'durable submissions/s', better: 'higher', target },
      { key: 'p99Ms', unit: `ms p99 at ${STEADY} a second`, better: 'lower', target: 100 },
      { key: 'readySeconds', unit: 's until it serves', better: 'lower', target: 5 },
      { key: 'sbatchPerSecond', unit: 'sbatch/s of a real Slurm', better: 'higher' },
    ],
    measure: () =>
      withServer(start, async (server) => {
        const { perSecond } = await load(server, submit, { seconds: SECONDS, connections: CONNECTIONS })
        const steady = await load(server, submit, {
          seconds: SECONDS,
          connections: CONNECTIONS,
          perSecond: STEADY,
        })
        const sbatchPerSecond = await sbatchRate()
        return { perSecond, p99Ms: steady.p99Ms, readySeconds: server.readySeconds, sbatchPerSecond }
      }),
    yardstick: commits('perSecond'),
  }
}

async function measureReads(server: LiveServer, postgres: PostgresServer) {
  await insertMillionJobs(postgres.url('postgres'))
  const { perSecond, p99Ms } = await readJobs(server)
  return { readsPerSecond: perSecond, readP99Ms: p99Ms, streamMs: await longestToReachAll(server) }
}

function commits(figure: string) {
  return {
    name: 'single commits of the same PostgreSQL',
    figure,
    measure: () => withPostgres((postgres) => bareCommits(postgres.url('postgres'))),
  }
}

async function withServer<Value>(
  start: (postgres: PostgresServer) => Promise<LiveServer>,
  measure: (server: LiveServer, postgres: PostgresServer) => Promise<Value>,
): Promise<Value> {
  return withPostgres(async (postgres) => {
    const server = await start(postgres)
    try {
      return await measure(server, postgres)
    } finally {
      await server.stop()
    }
  })
}

async function withPostgres<Value>(use: (postgres: PostgresServer) => Promise<Value>): Promise<Value> {
  const postgres = await startPostgres(postgresPrograms() ?? '')
  try {
    return await use(postgres)
  } finally {
    await postgres.stop()
  }
}

const SBATCHES = 200
/** sbatch is a process of its own: so many at a time keep the controller busy. */
const AT_ONCE = 8

/** Submissions a second of a real Slurm; NaN where it is not installed. */
async function sbatchRate(): Promise<number> {
  if (missingDaemons().length > 0) return Number.NaN
  const folder = mkdtempSync(join(tmpdir(), 'offtake-slurm-'))
  const cluster = await SlurmCluster.start(folder, { nodes: 4, acceleratorsPerNode: 4 })
  try {
    let left = SBATCHES
    const start = performance.now()
    const submitSome = async (): Promise<void> => {
      while (left > 0) {
        left -= 1
        await cluster.command('sbatch', '--output=/dev/null', '--gres=gpu:1', '--time=60', '--wrap=sleep 60')
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, submitSome))
    return SBATCHES / ((performance.now() - start) / 1_000)
  } finally {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
