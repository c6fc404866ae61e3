import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { schemaFiles } from '../files/schema-files.ts'
import { folderProblemText } from '../files/staged-folder.ts'
import { writeFolder } from '../files/write-folder.ts'
import { FIRST_PORTFOLIO } from '../first-portfolio.ts'
import { createOutput } from '../output.ts'

interface Options {
  readonly json?: boolean
}

/** `offtake init DIR`: a small commented portfolio to start from. */
export function registerInit(program: Command, finish: Finish): void {
  program
    .command('init')
    .description('write a small commented portfolio to start from')
    .argument('<dir>', 'the folder to make; it must not hold anything yet')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake init my-portfolio')
    .action(async (dir: string, options: Options) => {
      const output = createOutput(options.json === true)
      const schemas = schemaFiles().map(({ path, text }) => ({ path: `schemas/${path}`, text }))
      const files = [...FIRST_PORTFOLIO, ...schemas]
      const written = await writeFolder(dir, files, () => false)
      if (!written.ok) {
        for (const problem of written.problems) output.problem(folderProblemText(dir, problem))
        return finish(EXIT.badInput)
      }
      if (output.json) output.document({ folder: dir, files: files.map(({ path }) => path) })
      else output.print(`${dir} is ready. Look at it, then:\n  offtake check ${dir}\n  offtake run ${dir}`)
      finish(EXIT.done)
    })
}
