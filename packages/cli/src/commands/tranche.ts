import { delayTranche, deliverTranche, exerciseOption } from '@offtake/contract/api/agreement-routes'
import { type Command, InvalidArgumentError } from 'commander'
import type { Finish } from '../command.ts'
import { answered, live } from '../live/ask.ts'
import { newKey } from '../live/connection.ts'
import { printChanged } from './agreement.ts'

interface Options {
  readonly on?: string
  readonly json?: boolean
}

/** `offtake tranche …`: what was handed over, and what comes late. */
export function registerTranche(program: Command, finish: Finish): void {
  const tranche = program.command('tranche').description('deliveries under the agreements of a live server')
  tranche
    .command('deliver')
    .description('record that a tranche was handed over: its machines are there from then on')
    .argument('<tranche>', 'AGREEMENT/LINE/TRANCHE', trancheAddress)
    .option('--on <date>', 'the day; today by default')
    .option('--json', 'print one JSON document')
    .action((params: TrancheAddress, { on, json }: Options) =>
      live(json, finish, async (client, output) => {
        const body = on === undefined ? {} : { on }
        printChanged(await answered(client.call(deliverTranche, { params, body, key: newKey() })), output)
      }),
    )
  tranche
    .command('late')
    .description('record when a tranche is now expected: its machines are not there before')
    .argument('<tranche>', 'AGREEMENT/LINE/TRANCHE', trancheAddress)
    .requiredOption('--expected <date>', 'when it is expected now')
    .option('--source <text>', 'who says so')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  offtake tranche late first/h100/soon --expected 2027-03-01 --source "their letter"',
    )
    .action(
      (params: TrancheAddress, { json, ...body }: { expected: string; source?: string; json?: boolean }) =>
        live(json, finish, async (client, output) => {
          printChanged(await answered(client.call(delayTranche, { params, body, key: newKey() })), output)
        }),
    )
}

/** `offtake option …`: rights under the agreements. */
export function registerOption(program: Command, finish: Finish): void {
  program
    .command('option')
    .description('options of the agreements of a live server')
    .command('exercise')
    .description('exercise an option within its window')
    .argument('<option>', 'AGREEMENT/OPTION', optionAddress)
    .option('--on <date>', 'the day; today by default')
    .option('--json', 'print one JSON document')
    .action((params: { id: string; option: string }, { on, json }: Options) =>
      live(json, finish, async (client, output) => {
        const body = on === undefined ? {} : { on }
        printChanged(await answered(client.call(exerciseOption, { params, body, key: newKey() })), output)
      }),
    )
}

interface TrancheAddress {
  readonly id: string
  readonly line: string
  readonly tranche: string
}

function trancheAddress(text: string): TrancheAddress {
  const [id, line, tranche, ...rest] = text.split('/')
  if (id && line && tranche && rest.length === 0) return { id, line, tranche }
  throw new InvalidArgumentError('a tranche is AGREEMENT/LINE/TRANCHE')
}

function optionAddress(text: string): { readonly id: string; readonly option: string } {
  const [id, option, ...rest] = text.split('/')
  if (id && option && rest.length === 0) return { id, option }
  throw new InvalidArgumentError('an option is AGREEMENT/OPTION')
}
