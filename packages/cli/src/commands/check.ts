import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { createOutput } from '../output.ts'
import { formatProblem, tryPortfolio } from '../portfolio-argument.ts'

interface Options {
  readonly json?: boolean
}

/** `offtake check DIR`: every problem in every file of a portfolio. */
export function registerCheck(program: Command, finish: Finish): void {
  program
    .command('check')
    .description('say every problem in every file of a portfolio, each as file:line:column code message')
    .argument('<dir>', 'the folder of the portfolio')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  offtake check examples/start-up\n\nExits 1 where there are problems.',
    )
    .action(async (dir: string, options: Options) => {
      const output = createOutput(options.json === true)
      const result = await tryPortfolio(dir)
      const problems = result.ok ? [] : result.problems
      if (output.json) output.document({ folder: dir, ok: result.ok, problems })
      else if (result.ok) output.print(summary(dir, result.value))
      else for (const problem of problems) output.print(formatProblem(dir, problem))
      if (!output.json && problems.length > 1) output.note(`${problems.length} problems`)
      finish(result.ok ? EXIT.done : EXIT.foundWanting)
    })
}

interface Counts {
  readonly agreements: readonly unknown[]
  readonly quotes: readonly unknown[]
  readonly workloads: readonly unknown[]
  readonly services: readonly unknown[]
}

function summary(dir: string, { agreements, quotes, workloads, services }: Counts): string {
  return (
    `${dir}: no problems in ${counted(agreements, 'agreement')}, ${counted(quotes, 'quote')}, ` +
    `${counted(workloads, 'workload')} and ${counted(services, 'service')}`
  )
}

function counted(things: readonly unknown[], name: string): string {
  return `${things.length} ${name}${things.length === 1 ? '' : 's'}`
}
