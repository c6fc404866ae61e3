import { showCharges, showUsage } from '@offtake/contract/api/usage-routes'
import { formatHours } from '@offtake/contract/text/format-number'
import { type Command, Option } from 'commander'
import type { Finish } from '../command.ts'
import { answered, live } from '../live/ask.ts'
import { firstOf } from '../live/pages.ts'

interface UsageOptions {
  readonly tenant?: string
  readonly pool?: string
  readonly from?: string
  readonly until?: string
  readonly by: 'day' | 'month' | 'total'
  readonly json?: boolean
}

/** More rows than anybody reads. */
const MOST_ROWS = 1_000_000

/** `offtake usage` and `offtake charges`: what was used of a live server, and what that costs. */
export function registerUsage(program: Command, finish: Finish): void {
  program
    .command('usage')
    .description('accelerator-hours that tenants held of pools of a live server')
    .option('--tenant <id>', 'only of this tenant')
    .option('--pool <id>', 'only of this pool')
    .option('--from <time>', 'from then on; the first of this month by default')
    .option('--until <time>', 'before then; now by default')
    .addOption(
      new Option('--by <stretch>', 'of what length').choices(['day', 'month', 'total']).default('day'),
    )
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake usage --by month --from 2026-01-01')
    .action(({ json, ...query }: UsageOptions) =>
      live(json, finish, async (client, output) => {
        const { items } = await firstOf(MOST_ROWS, (page) =>
          answered(client.call(showUsage, { query: { ...query, ...page } })),
        )
        if (output.json) return output.document({ items })
        if (items.length === 0) return output.print('Nothing was used.')
        const rows = items.map(({ start, tenant, pool, hours }) => [
          start.slice(0, query.by === 'month' ? 7 : 10),
          tenant,
          pool,
          formatHours(hours),
        ])
        output.table([query.by === 'total' ? 'from' : query.by, 'tenant', 'pool', 'accelerator-hours'], rows)
      }),
    )
  program
    .command('charges')
    .description('what the agreements of a live server charge for a month, by what was used')
    .argument('<month>', 'for instance 2026-11')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake charges 2026-11')
    .action((month: string, { json }: { json?: boolean }) =>
      live(json, finish, async (client, output) => {
        const charged = await answered(client.call(showCharges, { query: { month } }))
        if (output.json) return output.document(charged)
        const { items, metered, missing, total, currency } = charged
        const rows = items.map(({ agreement, line, kind, usedHours, amount, basis }) => [
          agreement,
          line ?? '–',
          kind,
          usedHours === null ? '–' : formatHours(usedHours),
          amount,
          basis,
        ])
        if (rows.length > 0)
          output.table(['agreement', 'line', 'for', 'used', `amount ${currency}`, 'rests on'], rows)
        output.print(`In all ${total} ${currency}.`)
        output.note(
          metered
            ? `Use was metered from ${metered.start} until ${metered.until}.`
            : 'No use was metered in this month.',
        )
        for (const lack of missing) output.note(`Missing: ${lack}.`)
      }),
    )
}
