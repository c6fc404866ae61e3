import { cancelJob, type JobView, listJobs, showJob } from '@offtake/contract/api/job-routes'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { answered, live } from '../live/ask.ts'
import { jobLine } from '../live/job-line.ts'
import { firstOf } from '../live/pages.ts'
import { wholeNumber } from '../options/whole-number.ts'
import type { Output } from '../output.ts'
import { registerJobExplain } from './job-explain.ts'
import { registerJobLogs } from './job-logs.ts'
import { registerJobSubmit } from './job-submit.ts'

const MOST_JOBS = 1_000_000

interface ListOptions {
  readonly tenant?: string
  readonly state?: JobView['state']
  readonly pool?: string
  readonly name?: string
  readonly after?: string
  readonly before?: string
  readonly limit: number
  readonly json?: boolean
}

/** `offtake job …`: work on a live server. */
export function registerJob(program: Command, finish: Finish, rawArguments: readonly string[]): void {
  const job = program.command('job').description('work on a live server').enablePositionalOptions()
  registerJobSubmit(job, finish, rawArguments)
  registerJobExplain(job, finish)
  registerJobLogs(job, finish)
  job
    .command('list')
    .description('jobs, the latest first')
    .option('--tenant <id>', 'only of this tenant')
    .option('--state <state>', 'only those that are waiting, running, finished, cancelled or failed')
    .option('--pool <id>', 'only those that run, or ran last, in this pool')
    .option('--name <text>', 'only those whose name begins so')
    .option('--after <time>', 'only those submitted then or later')
    .option('--before <time>', 'only those submitted before then')
    .option('--limit <number>', 'how many at most', wholeNumber(1, MOST_JOBS), 50)
    .option('--json', 'print one JSON document')
    .action(({ json, limit, ...query }: ListOptions) =>
      live(json, finish, async (client, output) => {
        const { items, more } = await firstOf(limit, (page) =>
          answered(client.call(listJobs, { query: { ...query, ...page } })),
        )
        if (output.json) return output.document({ items, more })
        printJobs(items, output)
        if (more) output.note('There are more: --limit says how many are shown.')
      }),
    )
  for (const [name, route, about] of [
    ['show', showJob, 'one job'],
    ['cancel', cancelJob, 'stop a job, whether it waits or runs'],
  ] as const)
    job
      .command(name)
      .description(about)
      .argument('<id>', 'the job')
      .option('--json', 'print one JSON document')
      .action((id: string, { json }: { json?: boolean }) =>
        live(json, finish, async (client, output) => {
          printJob(await answered(client.call(route, { params: { id } })), output)
        }),
      )
}

function printJobs(jobs: readonly JobView[], output: Output): void {
  if (jobs.length === 0) return output.print('No jobs.')
  const rows = jobs.map((job) => [
    job.id,
    job.tenant,
    job.simulated ? `${job.state} (simulated)` : job.state,
    String(job.accelerators),
    job.pool ?? '–',
    job.submittedAt,
  ])
  output.table(['job', 'tenant', 'state', 'accelerators', 'pool', 'submitted'], rows)
}

function printJob(job: JobView, output: Output): void {
  if (output.json) output.document(job)
  else output.print(jobLine(job))
}
