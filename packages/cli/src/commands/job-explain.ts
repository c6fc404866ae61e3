import type { ExplanationView } from '@offtake/contract/api/explanation'
import { explainJob } from '@offtake/contract/api/job-routes'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { answered, live } from '../live/ask.ts'
import type { Output } from '../output.ts'

/** Holders that the table shows; the JSON document has all. */
const SHOWN_MOST = 12

/** `offtake job explain`: the answers of `offtake explain`, from a live server. */
export function registerJobExplain(job: Command, finish: Finish): void {
  job
    .command('explain')
    .description('why a job waits, when it will start, who holds its place, and what would start it now')
    .argument('<id>', 'the job')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake job explain night-17')
    .action((id: string, { json }: { json?: boolean }) =>
      live(json, finish, async (client, output) => {
        const told = await answered(client.call(explainJob, { params: { id } }))
        if (output.json) output.document(told)
        else printExplanation(told, output)
      }),
    )
}

function printExplanation(
  { job, sentence, pools, eta, holders, offers, state }: ExplanationView,
  output: Output,
): void {
  output.paragraph(`${job}: ${sentence}`)
  if (state !== 'waiting') return
  if (pools.length > 1) {
    output.print('')
    output.table(
      ['pool', 'why it does not start there'],
      pools.map((one) => [one.pool, one.sentence]),
    )
  }
  output.print('')
  output.paragraph(eta?.sentence ?? 'It would not start at all, if nothing happened but that others end.')
  if (holders.length > 0) printHolders(holders, output)
  output.print('')
  if (offers.length === 0) return output.paragraph('None of the changes that were tried would start it now.')
  output.paragraph('Each of these was tried, and would start it now; the first takes least away from it:')
  for (const offer of offers) output.print(`  - ${offer.sentence}`)
}

function printHolders(holders: ExplanationView['holders'], output: Output): void {
  const rows = holders
    .slice(0, SHOWN_MOST)
    .map((holder) => [
      holder.job ?? 'another job',
      holder.tenant ?? '–',
      String(holder.accelerators),
      holder.until,
    ])
  output.print('')
  output.table(['holds its place', 'tenant', 'accelerators', 'until'], rows)
  if (holders.length > SHOWN_MOST) output.paragraph(`… and ${holders.length - SHOWN_MOST} more.`)
}
