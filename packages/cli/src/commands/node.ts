import type { NodeStateName, NodeView } from '@offtake/contract/api/pool'
import { drainPart, failPart, listNodes, returnPart } from '@offtake/contract/api/pool-routes'
import { type Command, Option } from 'commander'
import type { Finish } from '../command.ts'
import { answered, live } from '../live/ask.ts'
import { newKey } from '../live/connection.ts'
import { firstOf } from '../live/pages.ts'
import { type PartOptions, partOf, withPart } from '../options/part-options.ts'
import { wholeNumber } from '../options/whole-number.ts'
import type { Output } from '../output.ts'

interface ListOptions {
  readonly state?: NodeStateName
  readonly limit: number
  readonly json?: boolean
}

interface ChangeOptions extends PartOptions {
  readonly json?: boolean
}

interface DrainOptions extends ChangeOptions {
  readonly by?: string
  readonly notice?: string
}

const MOST_NODES = 10_000_000

/** `offtake node …`: the nodes of a live server, taken out of service and brought back. */
export function registerNode(program: Command, finish: Finish): void {
  const node = program.command('node').description('the nodes of a live server')
  registerList(node, finish)
  registerDrain(node, finish)
  registerFail(node, finish)
  registerReturn(node, finish)
}

function registerList(node: Command, finish: Finish): void {
  node
    .command('list')
    .description('nodes of a pool, with their state and who is there')
    .argument('<pool>', 'the pool, as `offtake pool list` calls it')
    .addOption(
      new Option('--state <state>', 'only those in this state').choices([
        'up',
        'spare',
        'draining',
        'keptOut',
        'out',
        'failed',
      ]),
    )
    .option('--limit <number>', 'how many at most', wholeNumber(1, MOST_NODES), 100)
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake node list this-machine/local/slot')
    .action((pool: string, { state, limit, json }: ListOptions) =>
      live(json, finish, async (client, output) => {
        const { items, more } = await firstOf(limit, (page) => {
          const query = { ...page, ...(state === undefined ? {} : { state }) }
          return answered(client.call(listNodes, { params: { pool }, query }))
        })
        if (output.json) return output.document({ items, more })
        printNodes(items, output)
        if (more) output.note('There are more: --limit says how many are shown.')
      }),
    )
}

function registerDrain(node: Command, finish: Finish): void {
  withPart(node.command('drain'))
    .description('announce that nodes, a domain or a pool go out of service')
    .option('--by <time>', 'when what still runs there is stopped')
    .option('--notice <duration>', 'instead: after how long; as long as tenants were promised, by default')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake node drain this-machine/local/slot --nodes 0 --notice 10m')
    .action((pool: string, { by, notice, json, ...part }: DrainOptions) =>
      live(json, finish, async (client, output) => {
        const when = {
          ...(by === undefined ? {} : { by }),
          ...(notice === undefined ? {} : { notice }),
        }
        const body = { ...partOf(part), ...when }
        const drain = await answered(client.call(drainPart, { params: { pool }, body, key: newKey() }))
        if (output.json) return output.document(drain)
        output.print(
          `${drain.id}: out of service by ${drain.by}${listed(drain.jobs, '; stopped then unless they end: ')}`,
        )
      }),
    )
}

function registerFail(node: Command, finish: Finish): void {
  withPart(node.command('fail'))
    .description('say that nodes, a domain or a pool are out of service now')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake node fail this-machine/local/slot --nodes 1')
    .action((pool: string, { json, ...part }: ChangeOptions) =>
      live(json, finish, async (client, output) => {
        const given = { params: { pool }, body: partOf(part), key: newKey() }
        const failure = await answered(client.call(failPart, given))
        if (output.json) return output.document(failure)
        output.print(`${nodesText(failure.nodes)} out of service${listed(failure.jobs, '; stopped: ')}`)
      }),
    )
}

function registerReturn(node: Command, finish: Finish): void {
  withPart(node.command('return'))
    .description('bring back what was drained or failed, as the same part')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake node return this-machine/local/slot --nodes 0')
    .action((pool: string, { json, ...part }: ChangeOptions) =>
      live(json, finish, async (client, output) => {
        const given = { params: { pool }, body: partOf(part), key: newKey() }
        const back = await answered(client.call(returnPart, given))
        if (output.json) return output.document(back)
        output.print(
          `${nodesText(back.nodes)} in service again${listed(back.ended, '; over: ')}${listed(back.others, '; still there: ')}`,
        )
      }),
    )
}

/** Those that a line names; the JSON document has all. */
const NAMED_MOST = 8

function listed(names: readonly string[], before: string): string {
  if (names.length === 0) return ''
  const more = names.length > NAMED_MOST ? ` and ${names.length - NAMED_MOST} more` : ''
  return `${before}${names.slice(0, NAMED_MOST).join(', ')}${more}`
}

function nodesText(nodes: number): string {
  return nodes === 1 ? 'one node is' : `${nodes} nodes are`
}

function printNodes(nodes: readonly NodeView[], output: Output): void {
  if (nodes.length === 0) return output.print('No nodes.')
  const rows = nodes.map(({ node, domain, state, accelerators, free, speed, jobs }) => [
    String(node),
    String(domain),
    speed < 1 ? `${state}, at ${speed} of its speed` : state,
    String(accelerators),
    String(free),
    jobs.length === 0 ? '–' : listed(jobs, ''),
  ])
  output.table(['node', 'domain', 'state', 'accelerators', 'free', 'jobs'], rows)
}
