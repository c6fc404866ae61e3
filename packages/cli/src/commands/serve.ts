import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Serving } from '@offtake/server/serve'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { type AccessOptions, accessProblem, addAccessOptions, oidcOf } from '../options/access-options.ts'
import { databaseOption, databaseProblem } from '../options/database-option.ts'
import { createOutput, type Output } from '../output.ts'
import { loadFileTexts } from '../portfolio-argument.ts'

interface Options extends AccessOptions {
  readonly database?: string
  readonly data: string
  readonly port: number
  readonly host: string
  readonly speed: number
  readonly replay?: boolean
  readonly role: 'all' | 'api' | 'engine'
  readonly advertise?: string
}

/** The web application, as it was built. */
const PAGES = fileURLToPath(new URL('dist', import.meta.resolve('@offtake/web/package.json')))

/** `offtake serve`: the control plane, live. */
export function registerServe(program: Command, finish: Finish): void {
  const serveCommand = program
    .command('serve')
    .description('run the control plane live: engine, database and HTTP API in one process')
    .argument('[dir]', 'the folder of the portfolio whose machines and tenants are there')
    .option('--data <folder>', 'where the database and the token are kept', '.offtake')
    .addOption(
      databaseOption('a PostgreSQL server, postgres://…, instead of the database in the data folder'),
    )
    .option('--port <port>', 'where the API listens; 0 for any free port', portNumber, 7420)
    .option('--host <address>', 'on which address', '127.0.0.1')
    .option('--speed <factor>', 'how much faster the clock of simulated pools runs', factor, 1)
    .option('--replay', "play the portfolio's workloads from the present on, at that speed")
    .addOption(
      new Option(
        '--role <role>',
        'answer requests alone, or lead alone, beside other processes on one PostgreSQL',
      )
        .choices(['all', 'api', 'engine'])
        .default('all'),
    )
    .option('--advertise <url>', 'where other processes reach this one, if not at its own address')
  addAccessOptions(serveCommand)
    .addHelpText('after', '\nExample:\n  offtake serve examples/start-up --speed 60')
    .action(async (dir: string | undefined, options: Options) => {
      const output = createOutput(false)
      const wrong = accessProblem(options) ?? databaseProblem(options.database)
      if (wrong !== undefined) return badInput(wrong, output, finish)
      const portfolio = dir === undefined ? undefined : await loadFileTexts(dir, output)
      if (dir !== undefined && !portfolio) return finish(EXIT.badInput)
      const serving = await start(options, portfolio, output)
      if (!serving) return finish(EXIT.badInput)
      output.print(`Offtake serves at ${serving.url}; its API is described at ${serving.url}/openapi.json`)
      output.print(
        `The token in ${join(options.data, 'token')} may do everything, and signs in there. Ctrl-C ends the server.`,
      )
      output.note('others get their own: offtake token create NAME --role ROLE')
      if (serving.portfolio === 'other')
        output.note(
          `The database holds a portfolio that differs from ${dir}, and goes on with it: offtake import ${dir} replaces it.`,
        )
      await stopSignal()
      output.note('finishing what was acknowledged')
      await serving.close()
      finish(EXIT.done)
    })
}

/** The server once it is ready; nothing where it cannot start, which was said then. */
async function start(
  options: Options,
  portfolio: Awaited<ReturnType<typeof loadFileTexts>>,
  output: Output,
): Promise<Serving | undefined> {
  // Loaded when it is used: few other commands need a database.
  const { folderToken } = await import('@offtake/server/access/folder-token')
  const { serve } = await import('@offtake/server/serve')
  const { startProblem } = await import('@offtake/server/start-problem')
  try {
    return await serve({
      ...options,
      ...oidcOf(options),
      database: options.database ?? join(options.data, 'database'),
      runs: join(options.data, 'runs'),
      supply: [],
      ...(portfolio ? { portfolio } : {}),
      token: await folderToken(options.data),
      ...(existsSync(PAGES) ? { pages: PAGES } : {}),
    })
  } catch (error) {
    const problem = startProblem(error)
    if (problem === undefined) throw error
    output.problem(`offtake: ${problem}`)
    return undefined
  }
}

function badInput(wrong: string, output: Output, finish: Finish): void {
  output.problem(`offtake: ${wrong}`)
  finish(EXIT.badInput)
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

const LARGEST_PORT = 65_535
const FASTEST = 1_000_000

function portNumber(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= LARGEST_PORT) return port
  throw new InvalidArgumentError(`a port is a whole number up to ${LARGEST_PORT}`)
}

function factor(text: string): number {
  const speed = Number(text)
  if (speed > 0 && speed <= FASTEST) return speed
  throw new InvalidArgumentError(`a factor above 0, at most ${FASTEST}`)
}
