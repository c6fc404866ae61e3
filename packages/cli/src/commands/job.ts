import { readFile } from 'node:fs/promises'
import { cancelJob, type JobView, listJobs, showJob, submitJob } from '@offtake/contract/api/job-routes'
import type { Command } from 'commander'
import { parse } from 'yaml'
import type { Finish } from '../command.ts'
import { answered, live } from '../live/ask.ts'
import { newKey } from '../live/connection.ts'
import type { Output } from '../output.ts'

interface ListOptions {
  readonly tenant?: string
  readonly state?: JobView['state']
  readonly limit: string
  readonly json?: boolean
}

/** `offtake job …`: work on a live server. */
export function registerJob(program: Command, finish: Finish): void {
  const job = program.command('job').description('work on a live server')
  job
    .command('submit')
    .description('ask for a job to be run')
    .argument('<file>', 'the job as YAML or JSON; - for standard input')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake job submit job.yaml')
    .action((file: string, { json }: { json?: boolean }) =>
      live(json, finish, async (client, output) => {
        const body = parse(await readFile(file === '-' ? '/dev/stdin' : file, 'utf8'))
        printJob(await answered(client.call(submitJob, { body, key: newKey() })), output)
      }),
    )
  job
    .command('list')
    .description('jobs, the latest first')
    .option('--tenant <id>', 'only of this tenant')
    .option('--state <state>', 'only those that are waiting, running, finished, cancelled or failed')
    .option('--limit <number>', 'how many at most', '50')
    .option('--json', 'print one JSON document')
    .action(({ json, ...query }: ListOptions) =>
      live(json, finish, async (client, output) => {
        const page = await answered(client.call(listJobs, { query }))
        if (output.json) output.document(page)
        else printJobs(page.items, output)
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
  if (output.json) return output.document(job)
  const { state, pool, exitCode } = job
  const where = pool === null ? '' : ` on ${pool}${job.simulated ? ' (simulated)' : ''}`
  const how = exitCode === null ? '' : `, exit code ${exitCode}`
  output.print(`${job.id} ${state}${where}${how}`)
}
