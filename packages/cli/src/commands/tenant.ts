import { listTenants, setQuota, showTenant, type TenantView } from '@offtake/contract/api/tenant-routes'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { answered, live } from '../live/ask.ts'
import { printAsked } from '../live/asked.ts'
import { newKey } from '../live/connection.ts'
import { wholeNumber } from '../options/whole-number.ts'
import type { Output } from '../output.ts'

const MOST_ACCELERATORS = 1_000_000_000

/** `offtake tenant …`: who owns, uses, borrows and lends what. */
export function registerTenant(program: Command, finish: Finish): void {
  const tenant = program.command('tenant').description('tenants of a live server')
  tenant
    .command('list')
    .description('the tree of tenants with what each owns, uses, borrows and lends by pool')
    .option('--json', 'print one JSON document')
    .action(({ json }: { json?: boolean }) =>
      live(json, finish, async (client, output) => {
        const { items } = await answered(client.call(listTenants, {}))
        if (output.json) output.document({ items })
        else printTree(items, output)
      }),
    )
  tenant
    .command('set-quota')
    .description('set what of a pool is a tenant’s own')
    .argument('<tenant>', 'its id')
    .argument('<pool>', 'PROVIDER/REGION/HARDWARE, or * for all pools together')
    .argument('<accelerators>', 'how many', wholeNumber(0, MOST_ACCELERATORS))
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake tenant set-quota research neocloud-a/eu-north/h100 16')
    .action((id: string, pool: string, accelerators: number, { json }: { json?: boolean }) =>
      live(json, finish, async (client, output) => {
        const read = await client.call(showTenant, { params: { id } })
        await answered(Promise.resolve(read))
        const match = (read.ok && read.etag) || '*'
        const body = { pool, accelerators }
        const changed = await answered(client.call(setQuota, { params: { id }, body, match, key: newKey() }))
        if (output.json) return output.document(changed)
        if ('approval' in changed) return printAsked(changed.approval, output)
        output.print(`${id} owns ${accelerators} of ${pool}.`)
      }),
    )
}

function printTree(tenants: readonly TenantView[], output: Output): void {
  if (tenants.length === 0) return output.print('No tenants.')
  const depths = new Map<string, number>()
  const rows = tenants.flatMap(({ id, parent, holdings }) => {
    const depth = parent === null ? 0 : (depths.get(parent) ?? 0) + 1
    depths.set(id, depth)
    const name = `${'  '.repeat(depth)}${id}`
    if (holdings.length === 0) return [[name, '–', '0', '0', '0', '0']]
    return holdings.map(({ pool, owned, used, borrowed, lent }, n) => [
      n === 0 ? name : '',
      pool,
      ...[owned, used, borrowed, lent].map(String),
    ])
  })
  output.table(['tenant', 'pool', 'owns', 'uses', 'borrows', 'lends'], rows)
}
