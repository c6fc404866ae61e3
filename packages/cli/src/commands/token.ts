import type { Role } from '@offtake/contract/api/role'
import { createToken, listTokens, revokeToken, type TokenView } from '@offtake/contract/api/token-routes'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { answered, live } from '../live/ask.ts'
import { newKey } from '../live/connection.ts'
import type { Output } from '../output.ts'

interface CreateOptions {
  readonly role: readonly Role[]
  readonly tenant?: string
  readonly name?: string
  readonly expires: string
  readonly json?: boolean
}

interface ListOptions {
  readonly limit: string
  readonly cursor?: string
  readonly json?: boolean
}

/** `offtake token …`: who may ask a live server, and for what. For admins. */
export function registerToken(program: Command, finish: Finish): void {
  const token = program.command('token').description('who may ask a live server, and for what')
  registerCreate(token, finish)
  token
    .command('list')
    .description('tokens, the latest first, without their secrets')
    .option('--limit <number>', 'how many at most', '50')
    .option('--cursor <cursor>', 'where the page before ended')
    .option('--json', 'print one JSON document')
    .action(({ json, ...query }: ListOptions) =>
      live(json, finish, async (client, output) => {
        const page = await answered(client.call(listTokens, { query }))
        if (output.json) return output.document(page)
        printTokens(page.items, output)
        if (page.next !== null) output.note(`more with --cursor ${page.next}`)
      }),
    )
  token
    .command('revoke')
    .description('end a token: within two seconds it lets nobody in')
    .argument('<id>', 'the token, as offtake token list names it')
    .option('--json', 'print one JSON document')
    .action((id: string, { json }: { json?: boolean }) =>
      live(json, finish, async (client, output) => {
        const revoked = await answered(client.call(revokeToken, { params: { id }, key: newKey() }))
        if (output.json) output.document(revoked)
        else output.print(`${revoked.id} of ${revoked.actor} is revoked`)
      }),
    )
}

function registerCreate(token: Command, finish: Finish): void {
  token
    .command('create')
    .description('make a token, and print it once')
    .argument('<actor>', 'who acts with it, as the audit names them')
    .requiredOption('--role <role...>', 'viewer, operator, planner, finance, approver, tenant or admin')
    .option('--tenant <id>', 'whose it is, for the role tenant')
    .option('--name <text>', 'what it is for')
    .option('--expires <duration>', 'how long it is good for', '90d')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExamples:\n  offtake token create ci --role operator --expires 30d\n  offtake token create ada --role tenant --tenant research > token.txt',
    )
    .action((actor: string, { json, role, expires, ...rest }: CreateOptions) =>
      live(json, finish, async (client, output) => {
        const body = { actor, roles: [...role], expiresIn: expires, ...rest }
        const made = await answered(client.call(createToken, { body, key: newKey() }))
        if (output.json) return output.document(made)
        output.note(`${made.id}, good until ${made.expiresAt}. It is shown only now:`)
        output.print(made.secret ?? '')
      }),
    )
}

function printTokens(tokens: readonly TokenView[], output: Output): void {
  if (tokens.length === 0) return output.print('No tokens.')
  const rows = tokens.map(({ id, actor, name, roles, tenant, state, expiresAt }) => [
    id,
    actor,
    name,
    tenant === null ? roles.join(', ') : `tenant ${tenant}`,
    state,
    expiresAt,
  ])
  output.table(['token', 'actor', 'name', 'roles', 'state', 'good until'], rows)
}
