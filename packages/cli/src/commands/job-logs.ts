import { readLog } from '@offtake/contract/api/job-routes'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { answered, live } from '../live/ask.ts'
import { wholeNumber } from '../options/whole-number.ts'

interface Options {
  readonly follow?: boolean
  readonly stay?: number
}

const MOST_STAYS = 1_000_000

/** `offtake job logs`: what a real process has said, byte for byte. */
export function registerJobLogs(job: Command, finish: Finish): void {
  job
    .command('logs')
    .description('what the process of a job has said')
    .argument('<id>', 'the job')
    .option('-f, --follow', 'as it says it, until the job has ended')
    .option('--stay <number>', 'of which of its stays, from 0 on', wholeNumber(0, MOST_STAYS))
    .addHelpText('after', '\nExample:\n  offtake job logs night-17 --follow')
    .action((id: string, { follow = false, stay }: Options) =>
      live(false, finish, async (client) => {
        const query = { follow: follow ? 'true' : 'false', ...(stay === undefined ? {} : { stay }) } as const
        const given = { params: { id }, query }
        const response = await client.send(readLog, given)
        // The problem is told as any other call tells it.
        if (!response.ok) return void (await answered(client.call(readLog, given)))
        for await (const piece of response.body ?? []) process.stdout.write(Buffer.from(piece))
      }),
    )
}
