import { formatCount } from '@offtake/contract/text/format-number'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { folderProblemText } from '../files/staged-folder.ts'
import { writeFolder } from '../files/write-folder.ts'
import { generateFleet } from '../generated-fleet/generated-fleet.ts'
import { MOST_PROVIDERS } from '../generated-fleet/machines.ts'
import { wholeNumber } from '../options/whole-number.ts'
import { createOutput } from '../output.ts'

interface Options {
  readonly domains: number
  readonly providers: number
  readonly seed: number
  readonly json?: boolean
}

const MOST_DOMAINS = 1_000_000
const HIGHEST_SEED = 2 ** 32 - 1

/** `offtake generate …`: portfolios of a size that one asks for, to try and to measure with. */
export function registerGenerate(program: Command, finish: Finish): void {
  const generate = program
    .command('generate')
    .description('make up a portfolio of a given size, to try things and to measure with')
  generate
    .command('fleet')
    .description('a fleet of GB300 NVL72 racks over several providers, with tenants, quotas and work')
    .argument('<dir>', 'the folder to make; it must not hold anything yet')
    .option('--domains <n>', 'how many racks', wholeNumber(1, MOST_DOMAINS), 1_000)
    .option('--providers <n>', 'of how many providers', wholeNumber(1, MOST_PROVIDERS), 5)
    .option('--seed <n>', 'the same one makes the same fleet', wholeNumber(0, HIGHEST_SEED), 1)
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample, a million accelerators:\n  offtake generate fleet big --domains 13888\n  offtake serve big --replay --speed 60',
    )
    .action(async (dir: string, options: Options) => {
      const output = createOutput(options.json === true)
      const { files, pools, accelerators } = generateFleet(options)
      const written = await writeFolder(dir, files, () => false)
      if (!written.ok) {
        for (const problem of written.problems) output.problem(folderProblemText(dir, problem))
        return finish(EXIT.badInput)
      }
      const { domains } = options
      if (output.json) output.document({ folder: dir, domains, accelerators, pools })
      else
        output.print(
          `${dir} holds a fleet of ${formatCount(domains)} racks, ${formatCount(accelerators)} accelerators in ${pools.length} pools. See it live:\n  offtake serve ${dir} --replay --speed 60`,
        )
      finish(EXIT.done)
    })
}
