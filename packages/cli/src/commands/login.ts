import { text } from 'node:stream/consumers'
import { ApiClient } from '@offtake/contract/api/client'
import { whoAmI } from '@offtake/contract/api/token-routes'
import type { Command } from 'commander'
import type { z } from 'zod'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { answered, live } from '../live/ask.ts'
import { isOfThisMachine, serverUrl, tokenFor } from '../live/connection.ts'
import { forgetLogin, keepLogin, loginFile } from '../live/login-file.ts'
import { Told } from '../live/told.ts'
import { createOutput, type Output } from '../output.ts'

interface LoginOptions {
  readonly token?: string
  readonly tokenStdin?: boolean
  readonly json?: boolean
}

/** `offtake login`, `logout` and `whoami`: which server one talks to, and as whom. */
export function registerLogin(program: Command, finish: Finish): void {
  program
    .command('login')
    .description('keep the address of a server and a token for it, once the server knows the token')
    .argument('[url]', 'the address of the server; http://127.0.0.1:7420 by default')
    .option('--token-stdin', 'read the token from standard input, where no list of processes shows it')
    .option('--token <token>', 'the token itself')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake login https://offtake.example --token-stdin < token.txt')
    .action((url: string | undefined, options: LoginOptions) =>
      live(options.json, finish, (_client, output) => logIn(serverUrl(url), options, output)),
    )
  program
    .command('logout')
    .description('forget the server and the token that offtake login kept; the token stays good')
    .action(() => {
      const output = createOutput(false)
      output.print(forgetLogin() ? 'Logged out.' : 'Nobody was logged in.')
      finish(EXIT.done)
    })
  program
    .command('whoami')
    .description('who the server says one is')
    .option('--json', 'print one JSON document')
    .action(({ json }: { json?: boolean }) =>
      live(json, finish, async (client, output) => {
        printWho(await answered(client.call(whoAmI, {})), output)
      }),
    )
}

async function logIn(url: string, { token: given, tokenStdin }: LoginOptions, output: Output): Promise<void> {
  const sent = tokenStdin ? (await text(process.stdin)).trim() : (given ?? process.env.OFFTAKE_TOKEN)
  const token = tokenFor(url, sent)
  if (token === undefined)
    throw new Told({ code: 'unauthorized', detail: 'no token is given, by --token-stdin or otherwise' })
  const who = await answered(new ApiClient(url, token).call(whoAmI, {}))
  keepLogin({ url, token })
  if (url.startsWith('http:') && !isOfThisMachine(url))
    output.note(`whoever listens on the way to ${url} can read the token: let it speak https`)
  output.note(`kept in ${loginFile()}, which only you can read`)
  printWho(who, output)
}

function printWho(who: z.output<(typeof whoAmI)['answer']>, output: Output): void {
  if (output.json) return output.document(who)
  const { actor, roles, tenant, expiresAt } = who
  const of = tenant === null ? '' : ` of ${tenant}`
  output.print(`${actor}: ${roles.join(', ')}${of}${expiresAt === null ? '' : `, until ${expiresAt}`}`)
}
