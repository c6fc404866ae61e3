import { join } from 'node:path'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { databaseOption, databaseProblem } from '../options/database-option.ts'
import { createOutput, type Output } from '../output.ts'

interface Options {
  readonly data: string
  readonly database?: string
  readonly json?: boolean
}

/** `offtake backup` and `offtake restore`: the whole database to a file and back, without a server between. */
export function registerBackup(program: Command, finish: Finish): void {
  onDatabase(program, 'backup', 'write all that a server knows to one file, as it is at one moment')
    .addHelpText('after', '\nExample:\n  offtake backup offtake.jsonl.gz --data .offtake')
    .action((file: string, options: Options) =>
      tried(options, finish, async (output) => {
        const { backup } = await import('@offtake/server/backup/backup-file')
        const lines = await backup(databaseOf(options), file)
        if (output.json) output.document({ file, lines })
        else output.print(`${file} holds all of it, in ${lines} lines.`)
      }),
    )
  onDatabase(program, 'restore', 'bring a backup into a database that is new')
    .addHelpText('after', '\nExample:\n  offtake restore offtake.jsonl.gz --data another')
    .action((file: string, options: Options) =>
      tried(options, finish, async (output) => {
        const { restore } = await import('@offtake/server/backup/backup-file')
        const restored = await restore(databaseOf(options), file)
        if (output.json) return output.document(restored)
        const { rows, entries, takenAt } = restored
        output.print(
          `Restored what there was at ${takenAt}: ${rows} rows. Its journal of ${entries} entries is whole.`,
        )
      }),
    )
}

function onDatabase(program: Command, name: string, about: string): Command {
  return program
    .command(name)
    .description(about)
    .argument('<file>', 'the backup, compressed lines of JSON')
    .option('--data <folder>', 'where offtake serve keeps the database, while it does not run', '.offtake')
    .addOption(databaseOption('a PostgreSQL server, postgres://…, instead; servers may run on it'))
    .option('--json', 'print one JSON document')
}

function databaseOf({ database, data }: Options): string {
  return database ?? join(data, 'database')
}

/** Whatever file, folder or database says, in one line. */
async function tried(
  { json, database }: Options,
  finish: Finish,
  run: (output: Output) => Promise<void>,
): Promise<void> {
  const output = createOutput(json === true)
  try {
    const wrong = databaseProblem(database)
    if (wrong !== undefined) throw new Error(wrong)
    await run(output)
    finish(EXIT.done)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    output.problem(`offtake: ${error.message}`)
    finish(EXIT.badInput)
  }
}
