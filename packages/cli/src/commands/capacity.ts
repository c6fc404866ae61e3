import type { Slips } from '@offtake/core/agreements/resolve'
import { formatDate, type Instant } from '@offtake/core/base/instant'
import { includes } from '@offtake/core/base/span'
import { capacityOf, type Grouping } from '@offtake/core/capacity/timeline'
import { forecastDemand } from '@offtake/core/demand/forecast'
import { type Command, Option } from 'commander'
import { type CapacityReport, momentDocument, quartersDocument } from '../capacity-document.ts'
import { printMoment, printQuarters } from '../capacity-report.ts'
import type { Finish } from '../command.ts'
import { delayDocument, delayOf, printDelay } from '../delay-report.ts'
import { EXIT } from '../exit-code.ts'
import { dateOption } from '../options/date-option.ts'
import { areSlipsUsed, slipOption } from '../options/slip-option.ts'
import { createOutput } from '../output.ts'
import { loadPortfolio } from '../portfolio-argument.ts'

interface Options {
  readonly at?: Instant
  readonly by?: Grouping
  readonly slip: Slips
  readonly json?: boolean
}

const GROUPINGS = ['provider', 'hardware', 'region', 'pool'] as const satisfies readonly Grouping[]

/** `offtake capacity DIR`: what was promised, what is delivered, and the gap to demand. */
export function registerCapacity(program: Command, finish: Finish): void {
  program
    .command('capacity')
    .description(
      'accelerators promised and delivered, by quarter or at a date, and the gap to what is asked for',
    )
    .argument('<dir>', 'the folder of the portfolio')
    .addOption(dateOption('--at <date>', 'at one date, instead of by quarter over the horizon'))
    .addOption(new Option('--by <what>', 'apart by one of these').choices(GROUPINGS))
    .addOption(slipOption())
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExamples:\n  offtake capacity examples/frontier-lab --by provider\n  offtake capacity examples/frontier-lab --at 2027-01-01 --slip oracle/gb300=90d',
    )
    .action(async (dir: string, options: Options) => {
      const output = createOutput(options.json === true)
      const portfolio = await loadPortfolio(dir, output)
      if (!portfolio || !areSlipsUsed(portfolio.agreements, options.slip, output))
        return finish(EXIT.badInput)
      const { horizon } = portfolio
      const { at, by, slip: slips } = options
      if (at !== undefined && !includes(horizon, at)) {
        output.problem(
          `--at ${formatDate(at)} is outside the portfolio’s horizon, ${formatDate(horizon.start)} to ${formatDate(horizon.until)}`,
        )
        return finish(EXIT.badInput)
      }
      const report: CapacityReport = {
        portfolio: portfolio.name,
        horizon,
        pools: capacityOf({ ...portfolio, slips }),
        demand: forecastDemand(portfolio, horizon),
        by,
      }
      const delay = delayOf(portfolio, slips)
      if (output.json) {
        const document = at === undefined ? quartersDocument(report) : momentDocument(report, at)
        output.document({ ...document, ...delayDocument(delay) })
      } else {
        if (at === undefined) printQuarters(report, output)
        else printMoment(report, at, output)
        printDelay(delay, output)
      }
      finish(EXIT.done)
    })
}
