import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { schemaFiles } from '../files/schema-files.ts'
import { folderProblemText } from '../files/staged-folder.ts'
import { writeFolder } from '../files/write-folder.ts'
import { createOutput } from '../output.ts'

interface Options {
  readonly out: string
  readonly json?: boolean
}

const HELP = `
Example:
  offtake schema --out schemas

Then name the schema in the first line of a file, and editors that know YAML complete and underline it:
  # yaml-language-server: $schema=../schemas/agreement.schema.json`

/** `offtake schema --out DIR`: JSON Schemas of all portfolio files, for editors. */
export function registerSchema(program: Command, finish: Finish): void {
  program
    .command('schema')
    .description('write JSON Schemas of all portfolio files, for editors')
    .requiredOption('--out <dir>', 'the folder to write, or to replace where it holds nothing but schemas')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(async ({ out, json }: Options) => {
      const output = createOutput(json === true)
      const files = schemaFiles()
      const written = await writeFolder(out, files, (name) => name.endsWith('.schema.json'))
      if (!written.ok) {
        for (const problem of written.problems) output.problem(folderProblemText(out, problem))
        return finish(EXIT.badInput)
      }
      if (output.json) output.document({ folder: out, files: files.map(({ path }) => path) })
      else output.print(`${files.length} schemas written to ${out}`)
      finish(EXIT.done)
    })
}
