import { bookWindow, cancelWindow, listWindows, type WindowView } from '@offtake/contract/api/window-routes'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { answered, live } from '../live/ask.ts'
import { newKey } from '../live/connection.ts'
import { firstOf } from '../live/pages.ts'
import { readDocument } from '../live/read-document.ts'
import type { Output } from '../output.ts'

const MOST_WINDOWS = 100_000

/** `offtake window …`: parts of the fleet that tenants book for times to come. */
export function registerWindow(program: Command, finish: Finish): void {
  const window = program.command('window').description('what tenants book of a live server for times to come')
  window
    .command('list')
    .description('what is booked, the next to open first')
    .option('--tenant <id>', 'only of this tenant')
    .option('--json', 'print one JSON document')
    .action(({ tenant, json }: { tenant?: string; json?: boolean }) =>
      live(json, finish, async (client, output) => {
        const filter = tenant === undefined ? {} : { tenant }
        const { items } = await firstOf(MOST_WINDOWS, (page) =>
          answered(client.call(listWindows, { query: { ...page, ...filter } })),
        )
        if (output.json) output.document({ items })
        else printWindows(items, output)
      }),
    )
  window
    .command('book')
    .description('book a part of the fleet')
    .argument('<file>', 'the window as YAML or JSON, as in a portfolio; - for standard input')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake window book night.yaml')
    .action((file: string, { json }: { json?: boolean }) =>
      live(json, finish, async (client, output) => {
        const body = (await readDocument(file)) as never
        printWindow(await answered(client.call(bookWindow, { body, key: newKey() })), output)
      }),
    )
  window
    .command('cancel')
    .description('give back what was booked')
    .argument('<id>', 'the window')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake window cancel night')
    .action((id: string, { json }: { json?: boolean }) =>
      live(json, finish, async (client, output) => {
        const view = await answered(client.call(cancelWindow, { params: { id }, key: newKey() }))
        if (output.json) output.document(view)
        else output.print(`${id} is cancelled`)
      }),
    )
}

function printWindow(window: WindowView, output: Output): void {
  if (output.json) return output.document(window)
  const { id, pool, accelerators, start, until } = window
  output.print(`${id}: ${accelerators} accelerators in ${pool} from ${start} until ${until}`)
}

function printWindows(windows: readonly WindowView[], output: Output): void {
  if (windows.length === 0) return output.print('No windows.')
  const rows = windows.map(({ id, tenant, state, pool, accelerators, start, until, timesLeft }) => [
    id,
    tenant,
    state,
    pool,
    String(accelerators),
    start,
    until,
    String(timesLeft),
  ])
  output.table(['window', 'tenant', 'state', 'pool', 'accelerators', 'from', 'until', 'times'], rows)
}
