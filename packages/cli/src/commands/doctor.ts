import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { type Finding, look } from '../doctor/findings.ts'
import { EXIT } from '../exit-code.ts'
import { databaseOption, databaseProblem } from '../options/database-option.ts'
import { createOutput } from '../output.ts'

interface Options {
  readonly data: string
  readonly database?: string
  readonly json?: boolean
}

/** `offtake doctor`: what of a live installation is not as it should be. */
export function registerDoctor(program: Command, finish: Finish): void {
  program
    .command('doctor')
    .description(
      'look at this machine, the data folder, the database and the server, and say what is not as it should be',
    )
    .option('--data <folder>', 'where the database and the token are kept', '.offtake')
    .addOption(databaseOption('the PostgreSQL server that is used instead'))
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake doctor --database postgres://offtake@db.internal/offtake')
    .action(async ({ json, ...where }: Options) => {
      const output = createOutput(json === true)
      const wrong = databaseProblem(where.database)
      if (wrong !== undefined) {
        output.problem(`offtake: ${wrong}`)
        return finish(EXIT.badInput)
      }
      const findings: Finding[] = []
      for await (const finding of look(where)) findings.push(finding)
      if (output.json) output.document({ findings })
      else
        output.table(
          ['', 'what', 'found'],
          findings.map(({ isGood, what, found }) => [isGood ? 'ok' : 'wrong', what, found]),
        )
      finish(findings.every(({ isGood }) => isGood) ? EXIT.done : EXIT.foundWanting)
    })
}
