import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from '../../root.ts'
import type { Bench } from '../bench.ts'
import { runNode } from '../child.ts'
import { missingDaemons, SlurmCluster } from './cluster.ts'
import { decisionsPerSecond } from './diagnosis.ts'

const OFFTAKE = join(ROOT, 'packages/cli/bin/offtake.js')
const SIZE = { nodes: 4, acceleratorsPerNode: 4 }
const JOBS = 400
/** sbatch is a process of its own: so many at a time keep the controller busy. */
const AT_ONCE = 8

/** The same burst of small jobs on the same small fleet, decided by a real Slurm and by the allocator. */
export const SLURM: Bench = {
  name: 'slurm',
  about: `${JOBS} jobs of one accelerator at once on 16, beside a real Slurm: its own account of the time it took to schedule them`,
  unavailable: () => {
    const missing = missingDaemons()
    if (missing.length === 0) return undefined
    return { because: `${missing.join(', ')}: not installed (Debian: slurm-wlm, munge)`, fails: false }
  },
  cases: [
    {
      name: 'a burst',
      repeats: 3,
      figures: [
        { key: 'decisionsPerSecond', unit: 'jobs/s of scheduling', better: 'higher' },
        { key: 'slurmJobsPerSecond', unit: 'jobs/s from submission to end, in Slurm', better: 'higher' },
      ],
      measure: async () => ({
        decisionsPerSecond: await simulateBurst(),
        slurmJobsPerSecond: latest?.jobsPerSecond ?? Number.NaN,
      }),
      yardstick: {
        name: "Slurm's scheduler",
        figure: 'decisionsPerSecond',
        measure: async () => {
          latest = await runBurst()
          return latest.decisionsPerSecond
        },
      },
    },
  ],
}

interface Burst {
  readonly decisionsPerSecond: number
  readonly jobsPerSecond: number
}

let latest: Burst | undefined

/** Submits all jobs to a fresh cluster, waits until they have ended, and asks what it took. */
async function runBurst(): Promise<Burst> {
  const folder = mkdtempSync(join(tmpdir(), 'offtake-slurm-'))
  try {
    const cluster = await SlurmCluster.start(folder, SIZE)
    try {
      await cluster.command('sdiag', '--reset')
      const start = performance.now()
      await submitAll(cluster)
      while ((await cluster.command('squeue', '--noheader')).trim() !== '') await sleep(100)
      const seconds = (performance.now() - start) / 1000
      const decisions = decisionsPerSecond(await cluster.command('sdiag'))
      return { decisionsPerSecond: decisions, jobsPerSecond: JOBS / seconds }
    } finally {
      await cluster.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function submitAll(cluster: SlurmCluster): Promise<void> {
  let left = JOBS
  const submitSome = async () => {
    while (left > 0) {
      left -= 1
      await cluster.command('sbatch', '--output=/dev/null', '--gres=gpu:1', '--time=1', '--wrap=true')
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, submitSome))
}

async function simulateBurst(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'offtake-burst-'))
  try {
    const trace = join(folder, 'jobs.csv')
    const rows = Array.from({ length: JOBS }, (_, n) => `j${n},0,60,1,60`)
    writeFileSync(trace, `id,submitted,duration,accelerators,limit\n${rows.join('\n')}\n`)
    const fleet = join(folder, 'fleet.yaml')
    const nodes = `{ domains: ${SIZE.nodes}, acceleratorsPerNode: ${SIZE.acceleratorsPerNode} }`
    writeFileSync(fleet, `pools:\n  - { provider: own, hardware: gpu, nodes: [${nodes}] }\n`)
    const args = ['simulate', '--fleet', fleet, '--trace', trace, '--format', 'offtake', '--json']
    const { output } = await runNode([OFFTAKE, ...args])
    return (JSON.parse(output) as { jobsPerSecond: number }).jobsPerSecond
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
