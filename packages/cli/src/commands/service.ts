import type { ApiClient } from '@offtake/contract/api/client'
import {
  applyService,
  listServices,
  removeService,
  scaleService,
  showService,
} from '@offtake/contract/api/served-routes'
import type { ServiceView } from '@offtake/contract/api/service'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { answered, live } from '../live/ask.ts'
import { newKey } from '../live/connection.ts'
import { firstOf } from '../live/pages.ts'
import { readDocument } from '../live/read-document.ts'
import { Told } from '../live/told.ts'
import { wholeNumber } from '../options/whole-number.ts'
import type { Output } from '../output.ts'

const MOST_SERVICES = 100_000
const MOST_REPLICAS = 100_000

interface Json {
  readonly json?: boolean
}

/** `offtake service …`: what is served live, by replicas that come and go. */
export function registerService(program: Command, finish: Finish): void {
  const service = program.command('service').description('services of a live server')
  registerList(service, finish)
  registerApply(service, finish)
  service
    .command('scale')
    .description('so many replicas from now on')
    .argument('<id>', 'the service')
    .argument('<replicas>', 'how many', wholeNumber(0, MOST_REPLICAS))
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake service scale chat 12')
    .action((id: string, replicas: number, { json }: Json) =>
      live(json, finish, async (client, output) => {
        const given = { params: { id }, body: { replicas }, key: newKey() }
        print(await answered(client.call(scaleService, given)), output)
      }),
    )
  service
    .command('remove')
    .description('end a service: its replicas are drained, and stopped')
    .argument('<id>', 'the service')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake service remove chat')
    .action((id: string, { json }: Json) =>
      live(json, finish, async (client, output) => {
        const view = await answered(client.call(removeService, { params: { id }, key: newKey() }))
        if (output.json) output.document(view)
        else output.print(`${id} is removed`)
      }),
    )
}

function registerList(service: Command, finish: Finish): void {
  service
    .command('list')
    .description('services, with how many replicas are wanted, run and wait')
    .option('--tenant <id>', 'only of this tenant')
    .option('--json', 'print one JSON document')
    .action(({ tenant, json }: Json & { tenant?: string }) =>
      live(json, finish, async (client, output) => {
        const filter = tenant === undefined ? {} : { tenant }
        const { items } = await firstOf(MOST_SERVICES, (page) =>
          answered(client.call(listServices, { query: { ...page, ...filter } })),
        )
        if (output.json) output.document({ items })
        else printAll(items, output)
      }),
    )
}

function registerApply(service: Command, finish: Finish): void {
  service
    .command('apply')
    .description('make a service, or make one be as a file says')
    .argument('<file>', 'the service as YAML or JSON, with its id; - for standard input')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake service apply chat.yaml')
    .action((file: string, { json }: Json) =>
      live(json, finish, async (client, output) => {
        const { id, ...body } = (await readDocument(file)) as { id?: unknown }
        if (typeof id !== 'string')
          throw new Told({ code: 'malformed', detail: `${file}: a service has an id` })
        const match = await tagNow(client, id)
        const given = { params: { id }, body: body as never, key: newKey(), ...(match ? { match } : {}) }
        print(await answered(client.call(applyService, given)), output)
      }),
    )
}

/** The ETag of one that is there. */
async function tagNow(client: ApiClient, id: string): Promise<string | undefined> {
  const read = await client.call(showService, { params: { id } })
  return read.ok ? read.etag : undefined
}

function print(service: ServiceView, output: Output): void {
  if (output.json) return output.document(service)
  const { id, wanted, running, waiting, draining } = service
  output.print(`${id}: ${wanted} wanted, ${running} running, ${waiting} waiting, ${draining} draining`)
}

function printAll(services: readonly ServiceView[], output: Output): void {
  if (services.length === 0) return output.print('No services.')
  const rows = services.map((one) => [
    one.id,
    one.tenant,
    one.source === 'portfolio' ? `${one.follows} (portfolio)` : one.follows,
    ...[one.wanted, one.running, one.waiting, one.draining, one.accelerators].map(String),
  ])
  output.table(
    ['service', 'tenant', 'follows', 'wanted', 'running', 'waiting', 'draining', 'accelerators each'],
    rows,
  )
}
