import { basename, join, resolve } from 'node:path'
import type { Slips } from '@offtake/core/agreements/resolve'
import type { DatedOutage } from '@offtake/core/capacity/outage-plan'
import { playPortfolio } from '@offtake/core/simulation/play'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { summarise } from '@offtake/core/simulation/summary'
import { type Command, InvalidArgumentError } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { folderProblemText } from '../files/staged-folder.ts'
import { areOutagesFelt, outageOption } from '../options/outage-option.ts'
import { areSlipsUsed, slipOption } from '../options/slip-option.ts'
import { createOutput, type Output } from '../output.ts'
import { loadPortfolio } from '../portfolio-argument.ts'
import { startProgress } from '../progress.ts'
import { openResults, type ResultsFolder } from '../results/results-folder.ts'
import { printRun } from '../run-report.ts'
import { priceProblemText } from '../text/price-problem-text.ts'

interface Options {
  readonly out?: string
  readonly seed?: number
  readonly slip: Slips
  readonly outage: readonly DatedOutage[]
  readonly json?: boolean
}

/** `offtake run DIR`: plays the whole flow and writes its results. */
export function registerRun(program: Command, finish: Finish): void {
  program
    .command('run')
    .description(
      'play a portfolio: agreements, capacity, demand, allocation, use, cost, obligations; with a report',
    )
    .argument('<dir>', 'the folder of the portfolio')
    .option(
      '--out <dir>',
      'where the results go (default: results/ and the portfolio’s folder name)',
      readFolder,
    )
    .option('--seed <n>', 'another seed for what is drawn', readSeed)
    .addOption(slipOption())
    .addOption(outageOption())
    .option('--json', 'print the summary as one JSON document')
    .addHelpText(
      'after',
      '\nExamples:\n  offtake run examples/frontier-lab\n  offtake run examples/frontier-lab --slip oracle/gb300=90d --out results/late --json\n  offtake run examples/frontier-lab --outage oracle:2027-03-01:2027-03-04',
    )
    .action(async (dir: string, options: Options) => {
      const output = createOutput(options.json === true)
      const portfolio = await loadPortfolio(dir, output)
      if (!portfolio || !areFelt(portfolio, options, output)) return finish(EXIT.badInput)
      const target = options.out ?? join('results', basename(resolve(dir)))
      const folder = await openResults(target)
      if (folder.ok) return finish(await playInto(folder.value, target, { portfolio, options, output }))
      for (const problem of folder.problems) output.problem(folderProblemText(target, problem))
      finish(EXIT.badInput)
    })
}

/** Whether every what-if changes something. */
function areFelt(portfolio: Portfolio, { slip, outage }: Options, output: Output): boolean {
  const areUsed = areSlipsUsed(portfolio.agreements, slip, output)
  return areOutagesFelt(portfolio, outage, output) && areUsed
}

interface Playing {
  readonly portfolio: Portfolio
  readonly options: Options
  readonly output: Output
}

async function playInto(folder: ResultsFolder, target: string, playing: Playing): Promise<ExitCode> {
  const result = await play(folder, playing)
  if (!result) return EXIT.badInput
  const summary = summarise(result)
  const written = await folder.finish(result, summary)
  if (!written.ok) {
    for (const problem of written.problems) playing.output.problem(folderProblemText(target, problem))
    return EXIT.badInput
  }
  if (playing.output.json) playing.output.document(summary)
  else printRun(result, summary, target, playing.output)
  return summary.checks.every(({ holds }) => holds) ? EXIT.done : EXIT.foundWanting
}

/** Whatever happens, nothing half-written stays behind. */
async function play(
  folder: ResultsFolder,
  { portfolio, options, output }: Playing,
): Promise<RunResult | undefined> {
  const progress = startProgress(`playing ${portfolio.name}`)
  let result: RunResult | undefined
  try {
    const played = playPortfolio(portfolio, {
      ...(options.seed !== undefined && { seed: options.seed }),
      slips: options.slip,
      outages: options.outage,
      observe: folder.observe,
      progress: progress.update,
    })
    if (played.ok) result = played.value
    else for (const problem of played.problems) output.problem(priceProblemText(problem, problem.because))
  } finally {
    progress.stop()
    if (!result) await folder.abandon()
  }
  return result
}

function readFolder(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It names no folder.')
  return text
}

function readSeed(text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new InvalidArgumentError('A seed is a whole number of at most 15 digits, not below zero.')
  return Number(text)
}
