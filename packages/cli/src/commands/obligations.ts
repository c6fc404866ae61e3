import type { Slips } from '@offtake/core/agreements/resolve'
import type { Instant } from '@offtake/core/base/instant'
import { ok, type Result } from '@offtake/core/base/result'
import { concentrationOf } from '@offtake/core/finance/concentration'
import { coverageOf } from '@offtake/core/finance/coverage'
import { exposureBy } from '@offtake/core/finance/exposure'
import { summariseObligations } from '@offtake/core/finance/obligation-summary'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import type { UnknownPrice } from '@offtake/core/usage/supply'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { type ObligationsReport, obligationsDocument } from '../obligations-document.ts'
import { printObligations } from '../obligations-report.ts'
import { dateOption } from '../options/date-option.ts'
import { areSlipsUsed, slipOption } from '../options/slip-option.ts'
import { createOutput } from '../output.ts'
import { loadPortfolio } from '../portfolio-argument.ts'
import { priceProblemText } from '../text/price-problem-text.ts'

interface Options {
  readonly asOf?: Instant
  readonly slip: Slips
  readonly json?: boolean
}

/** `offtake obligations DIR`: what is owed whatever happens. */
export function registerObligations(program: Command, finish: Finish): void {
  program
    .command('obligations')
    .description(
      'what is owed whatever happens: by provider, by how far away it is, by year, against revenue',
    )
    .argument('<dir>', 'the folder of the portfolio')
    .addOption(dateOption('--as-of <date>', 'from when on; from the portfolio’s own date if not said'))
    .addOption(slipOption())
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake obligations examples/frontier-lab --as-of 2026-01-01')
    .action(async (dir: string, options: Options) => {
      const output = createOutput(options.json === true)
      const portfolio = await loadPortfolio(dir, output)
      if (!portfolio || !areSlipsUsed(portfolio.agreements, options.slip, output))
        return finish(EXIT.badInput)
      const report = reportOf(portfolio, options)
      if (!report.ok) {
        for (const problem of report.problems) output.problem(priceProblemText(problem, problem.because))
        return finish(EXIT.badInput)
      }
      if (output.json) output.document(obligationsDocument(report.value))
      else printObligations(report.value, output)
      finish(EXIT.done)
    })
}

function reportOf(portfolio: Portfolio, options: Options): Result<ObligationsReport, UnknownPrice> {
  const { agreements, prices, currency, revenue } = portfolio
  const asOf = options.asOf ?? portfolio.asOf
  const question = { agreements, prices, asOf, slips: options.slip }
  const summary = summariseObligations({ ...question, currency })
  if (!summary.ok) return summary
  const { counted } = summary.value
  return ok({
    portfolio: portfolio.name,
    summary: summary.value,
    coverage: coverageOf(counted.byYear, revenue),
    concentrations: {
      provider: concentrationOf(
        counted.byProvider.map(({ provider, total }) => ({ key: provider, weight: total.micros })),
      ),
      hardware: concentrationOf(exposureBy('hardware', counted, question)),
      region: concentrationOf(exposureBy('region', counted, question)),
    },
  })
}
