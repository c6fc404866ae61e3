import type { PoolView } from '@offtake/contract/api/pool'
import { listPools } from '@offtake/contract/api/pool-routes'
import { formatCount } from '@offtake/contract/text/format-number'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { answered, live } from '../live/ask.ts'
import { firstOf } from '../live/pages.ts'
import type { Output } from '../output.ts'

/** More pools than anybody has. */
const MOST_POOLS = 100_000

/** `offtake pool …`: the pools of a live server. */
export function registerPool(program: Command, finish: Finish): void {
  program
    .command('pool')
    .description('the pools of a live server')
    .command('list')
    .description('pools, with what of them is held, free and out of service')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake pool list')
    .action(({ json }: { json?: boolean }) =>
      live(json, finish, async (client, output) => {
        const { items } = await firstOf(MOST_POOLS, (query) => answered(client.call(listPools, { query })))
        if (output.json) output.document({ items })
        else printPools(items, output)
      }),
    )
}

function printPools(pools: readonly PoolView[], output: Output): void {
  if (pools.length === 0) return output.print('No pools.')
  const rows = pools.map(({ id, adapter, simulated, nodes, accelerators }) => [
    id,
    simulated ? `${adapter} (simulated)` : adapter,
    formatCount(nodes),
    ...[
      accelerators.total,
      accelerators.held,
      accelerators.free,
      accelerators.draining,
      accelerators.down,
    ].map(formatCount),
  ])
  output.table(['pool', 'runs by', 'nodes', 'accelerators', 'held', 'free', 'draining', 'down'], rows)
}
