import {
  type ApprovalView,
  approve,
  listApprovals,
  reject,
  showApproval,
} from '@offtake/contract/api/approval-routes'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { answered, live } from '../live/ask.ts'
import { newKey } from '../live/connection.ts'
import type { Output } from '../output.ts'

interface ListOptions {
  readonly all?: boolean
  readonly limit: string
  readonly json?: boolean
}

/** `offtake approval …`: what one person asked for and another decides. */
export function registerApproval(program: Command, finish: Finish): void {
  const approval = program.command('approval').description('changes that need a second person')
  approval
    .command('list')
    .description('those that wait, the latest first')
    .option('--all', 'also those that were approved or rejected')
    .option('--limit <number>', 'how many at most', '50')
    .option('--json', 'print one JSON document')
    .action(({ all, limit, json }: ListOptions) =>
      live(json, finish, async (client, output) => {
        const query = all ? { limit } : { limit, state: 'waiting' as const }
        const page = await answered(client.call(listApprovals, { query }))
        if (output.json) output.document(page)
        else printList(page.items, output)
      }),
    )
  approval
    .command('show')
    .description('one of them, with what its files would become')
    .argument('<id>', 'the approval')
    .option('--json', 'print one JSON document')
    .action((id: string, { json }: { json?: boolean }) =>
      live(json, finish, async (client, output) => {
        const view = await answered(client.call(showApproval, { params: { id } }))
        if (output.json) return output.document(view)
        printList([view], output)
        for (const { path, before, after } of view.changes) printChange(path, before, after, output)
      }),
    )
  approval
    .command('approve')
    .description('approve what somebody else asked for: it is carried out with that, or not at all')
    .argument('<id>', 'the approval')
    .option('--json', 'print one JSON document')
    .action((id: string, { json }: { json?: boolean }) =>
      live(json, finish, async (client, output) => {
        printDecided(await answered(client.call(approve, { params: { id }, key: newKey() })), output)
      }),
    )
  approval
    .command('reject')
    .description('reject it; whoever asked may take it back so')
    .argument('<id>', 'the approval')
    .option('--note <text>', 'why')
    .option('--json', 'print one JSON document')
    .action((id: string, { note, json }: { note?: string; json?: boolean }) =>
      live(json, finish, async (client, output) => {
        const body = note === undefined ? {} : { note }
        printDecided(await answered(client.call(reject, { params: { id }, body, key: newKey() })), output)
      }),
    )
}

function printList(approvals: readonly ApprovalView[], output: Output): void {
  if (approvals.length === 0) return output.print('Nothing waits for a second person.')
  const rows = approvals.map(({ id, state, stale, askedBy, reasons, target }) => [
    id,
    stale ? `${state}, but stale` : state,
    askedBy,
    target,
    reasons.map(({ what, target: of }) => `${what} ${of}`).join('; '),
  ])
  output.table(['approval', 'state', 'asked by', 'of', 'what'], rows)
}

function printDecided(approval: ApprovalView, output: Output): void {
  if (output.json) return output.document(approval)
  const { id, state, action, target, decidedBy } = approval
  output.print(`${id} was ${state} by ${decidedBy}: ${action} ${target}.`)
}

/** The lines that go and come; the same ones before and after are left out. */
function printChange(path: string, before: string | null, after: string | null, output: Output): void {
  const [old, next] = [before, after].map((text) => (text === null ? [] : text.trimEnd().split('\n')))
  const start = (old ?? []).findIndex((line, n) => line !== next?.[n])
  const from = start < 0 ? (old ?? []).length : start
  let same = 0
  while (
    same < Math.min(old?.length ?? 0, next?.length ?? 0) - from &&
    old?.at(-1 - same) === next?.at(-1 - same)
  )
    same += 1
  output.print(path)
  for (const line of old?.slice(from, old.length - same) ?? []) output.print(`- ${line}`)
  for (const line of next?.slice(from, next.length - same) ?? []) output.print(`+ ${line}`)
}
