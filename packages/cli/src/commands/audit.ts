import { showAudit, verifyAudit } from '@offtake/contract/api/audit-routes'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { answered, live } from '../live/ask.ts'

interface ShowOptions {
  readonly actor?: string
  readonly action?: string
  readonly target?: string
  readonly limit: string
  readonly cursor?: string
  readonly json?: boolean
}

/** `offtake audit …`: who changed what on a live server. */
export function registerAudit(program: Command, finish: Finish): void {
  const audit = program.command('audit').description('who changed what on a live server')
  audit
    .command('show')
    .description('changes, the latest first')
    .option('--actor <actor>', 'only by them')
    .option('--action <action>', 'only of this kind, such as submit or tokenCreated')
    .option('--target <id>', 'only of this')
    .option('--limit <number>', 'how many at most', '50')
    .option('--cursor <cursor>', 'where the page before ended')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake audit show --actor ada --limit 10')
    .action(({ json, ...query }: ShowOptions) =>
      live(json, finish, async (client, output) => {
        const { items, next } = await answered(client.call(showAudit, { query }))
        if (output.json) return output.document({ items, next })
        if (items.length === 0) return output.print('Nothing was changed.')
        const rows = items.map((one) => [String(one.seq), one.at, one.actor, one.action, one.target ?? '–'])
        output.table(['entry', 'at', 'actor', 'action', 'of'], rows)
        if (next !== null) output.note(`more with --cursor ${next}`)
      }),
    )
  audit
    .command('verify')
    .description('whether the record of all changes is whole; ends with 1 where it is not')
    .option('--json', 'print one JSON document')
    .action(({ json }: { json?: boolean }) =>
      live(json, finish, async (client, output) => {
        const verdict = await answered(client.call(verifyAudit, {}))
        if (output.json) output.document(verdict)
        else if (verdict.kind === 'whole')
          output.print(`Whole: ${verdict.entries} entries, the last with hash ${verdict.head}`)
        else output.print(`Broken: entry ${verdict.seq} is ${verdict.because}`)
        return verdict.kind === 'whole' ? EXIT.done : EXIT.foundWanting
      }),
    )
}
