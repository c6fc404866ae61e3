import { type JobView, submitJob } from '@offtake/contract/api/job-routes'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { answered, live } from '../live/ask.ts'
import { newKey } from '../live/connection.ts'
import { exitCodeOf, untilEnded } from '../live/follow-job.ts'
import { jobLine } from '../live/job-line.ts'
import { readDocument } from '../live/read-document.ts'
import { Told } from '../live/told.ts'
import { wholeNumber } from '../options/whole-number.ts'

interface Options {
  readonly id?: string
  readonly name?: string
  readonly tenant?: string
  readonly accelerators?: number
  readonly hardware?: string
  readonly priority?: number
  readonly limit?: string
  readonly duration?: string
  readonly window?: string
  readonly wait?: boolean
  readonly json?: boolean
}

const MOST_ACCELERATORS = 1_000_000
const MOST_PRIORITY = 1_000_000

/** `offtake job submit`: from a file, from options, or from both, of which the options count. */
export function registerJobSubmit(job: Command, finish: Finish, rawArguments: readonly string[]): void {
  job
    .command('submit')
    .description('ask for a job to be run')
    .argument('[file]', 'the job as YAML or JSON; - for standard input')
    .argument('[command...]', 'after --: the program and its arguments, for a pool that runs processes')
    .option('--id <id>', 'what it is called; the server chooses by default')
    .option('--name <name>', 'what people call it')
    .option('--tenant <id>', 'who asks')
    .option('--accelerators <number>', 'of the whole job', wholeNumber(1, MOST_ACCELERATORS))
    .option('--hardware <names>', 'hardware that it can run on, with commas between')
    .option('--priority <number>', 'a larger number goes first', wholeNumber(-MOST_PRIORITY, MOST_PRIORITY))
    .option('--limit <duration>', 'how long it runs at most')
    .option('--duration <duration>', 'how long it runs where it is simulated')
    .option('--window <id>', 'the booked window in which alone it runs')
    .option('--wait', 'until it has ended; the exit code is that of the job')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      [
        '',
        'Examples:',
        '  offtake job submit job.yaml --wait',
        '  offtake job submit --tenant lab --accelerators 1 --hardware slot -- python train.py --steps 10',
      ].join('\n'),
    )
    .action((_file: unknown, _command: unknown, { wait, json, ...options }: Options, self: Command) =>
      live(json, finish, async (client, output) => {
        const { file, command } = splitAtDashes(self.args, rawArguments)
        const body = {
          ...(await readJob(file)),
          ...fieldsOf(options),
          ...(command.length > 0 ? { command } : {}),
        }
        const job: JobView = await answered(client.call(submitJob, { body: body as never, key: newKey() }))
        if (!wait) {
          output.json ? output.document(job) : output.print(jobLine(job))
          return EXIT.done
        }
        if (!output.json) output.note(jobLine(job))
        const ended = await untilEnded(client, job, output)
        output.json ? output.document(ended) : output.print(jobLine(ended))
        return exitCodeOf(ended)
      }),
    )
}

async function readJob(file: string | undefined): Promise<object> {
  if (file === undefined) return {}
  const read = await readDocument(file)
  if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read
  throw new Told({ code: 'malformed', detail: `${file}: a job is fields and their values` })
}

function fieldsOf({ hardware, ...rest }: Omit<Options, 'wait' | 'json'>): object {
  const names = hardware?.split(',').map((name) => name.trim())
  return { ...rest, ...(names === undefined ? {} : { hardware: names }) }
}

/** What stands before the two dashes is the file, and what after them the command. */
function splitAtDashes(
  given: readonly string[],
  rawArguments: readonly string[],
): { readonly file: string | undefined; readonly command: readonly string[] } {
  const dashes = rawArguments.indexOf('--')
  const command = dashes < 0 ? [] : rawArguments.slice(dashes + 1)
  const [file, ...others] = given.slice(0, given.length - command.length)
  if (others.length > 0)
    throw new Told({
      code: 'malformed',
      detail: `one file, and the command after --: '${others[0]}' is neither`,
    })
  return { file, command }
}
