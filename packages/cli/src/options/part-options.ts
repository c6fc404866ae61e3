import { type Command, InvalidArgumentError } from 'commander'
import { wholeNumber } from './whole-number.ts'

const HIGHEST = 100_000_000

/** What of a pool a command is about; all of it where nothing is said. */
export interface PartOptions {
  readonly nodes?: { readonly first: number; readonly count: number }
  readonly domain?: number
}

export function withPart(command: Command): Command {
  return command
    .argument('<pool>', 'the pool, as `offtake pool list` calls it')
    .option('--nodes <nodes>', 'of it, one node (3) or several (3-7)', nodesIn)
    .option('--domain <domain>', 'of it, all nodes of one domain', wholeNumber(0, HIGHEST))
}

export function partOf({ nodes, domain }: PartOptions): PartOptions {
  return { ...(nodes === undefined ? {} : { nodes }), ...(domain === undefined ? {} : { domain }) }
}

function nodesIn(text: string): { first: number; count: number } {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  const count = Number(last) - Number(first) + 1
  if (first === undefined || count < 1 || Number(last) > HIGHEST)
    throw new InvalidArgumentError('one node (3), or the first and the last (3-7)')
  return { first: Number(first), count }
}
