import { showPortfolio } from '@offtake/contract/api/portfolio-routes'
import { isPortfolioPath } from '@offtake/contract/portfolio/file-texts'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { folderProblemText } from '../files/staged-folder.ts'
import { writeFolder } from '../files/write-folder.ts'
import { answered, live } from '../live/ask.ts'

/** `offtake export DIR`: the server's portfolio becomes a folder. */
export function registerExport(program: Command, finish: Finish): void {
  program
    .command('export')
    .description('write the portfolio of a live server to a folder, byte for byte')
    .argument('<dir>', 'a folder that is not there, or is empty')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake export my-portfolio')
    .action((dir: string, { json }: { json?: boolean }) =>
      live(json, finish, async (client, output) => {
        const { version, files } = await answered(client.call(showPortfolio, {}))
        // A server is not trusted with where files go.
        const strange = files.find(({ path }) => !isPortfolioPath(path))
        if (strange) {
          output.problem(`offtake: the server names a file that no portfolio has: ${strange.path}`)
          return EXIT.badInput
        }
        const written = await writeFolder(dir, files, () => false)
        if (!written.ok) {
          const [problem] = written.problems
          if (problem) output.problem(folderProblemText(dir, problem))
          return EXIT.badInput
        }
        if (output.json) output.document({ version, files: files.map(({ path }) => path) })
        else output.print(`${dir} holds version ${version} of the portfolio: ${files.length} files.`)
        return EXIT.done
      }),
    )
}
