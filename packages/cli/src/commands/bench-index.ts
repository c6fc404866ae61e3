import { formatCount } from '@offtake/contract/text/format-number'
import { type Command, InvalidArgumentError } from 'commander'
import { measure, SUBJECTS, type SubjectFigures, type SubjectName } from '../bench-index/measure.ts'
import { fleetOf } from '../bench-index/workload.ts'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { createOutput, type Output } from '../output.ts'

interface Options {
  readonly gpus: number
  readonly gangs: number
  readonly json?: boolean
}

const GPUS_MAX = 10_000_000
const GANGS_MAX = 100_000_000

const TITLES: Readonly<Record<SubjectName, string>> = {
  index: 'free index alone',
  allocator: 'whole allocator',
  linearScan: 'linear scan',
}

/** `offtake bench index`: how fast gangs are placed on a large fleet that is nearly full. */
export function registerBenchIndex(bench: Command, finish: Finish): void {
  bench
    .command('index')
    .description('how fast gangs are placed on a large fleet that is nearly full')
    .option('--gpus <n>', 'accelerators, in domains of 72', readCount(72, GPUS_MAX), 1_000_000)
    .option('--gangs <n>', 'gangs that are measured', readCount(1, GANGS_MAX), 1_000_000)
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake bench index --gpus 100000 --json')
    .action((options: Options) => {
      const fleet = fleetOf(options.gpus)
      const [index, allocator, linearScan] = SUBJECTS.map((name) => measure(name, fleet, options.gangs))
      if (!index || !allocator || !linearScan) return finish(EXIT.ourFault)
      report({ index, allocator, linearScan }, createOutput(options.json === true))
      finish(EXIT.done)
    })
}

function report(figures: Readonly<Record<SubjectName, SubjectFigures>>, output: Output): void {
  const { index, allocator, linearScan } = figures
  if (output.json) return output.document({ ...index, allocator, linearScan })
  output.paragraph(
    `${formatCount(index.gpus)} accelerators in domains of 72, 95 % full; gangs of 1 to 16,384 with a heavy tail come, and others leave for them`,
  )
  output.table(
    ['', 'placements/s', 'place ns p50', 'p99', 'p99.9', 'release ns p50', 'p99', 'p99.9', 'no room', 'MiB'],
    SUBJECTS.map((name) => rowOf(TITLES[name], figures[name])),
  )
}

function rowOf(title: string, figures: SubjectFigures): string[] {
  const { placementsPerSecond, placeNs, releaseNs, failures, memoryMb } = figures
  const times = [placeNs.p50, placeNs.p99, placeNs.p999, releaseNs.p50, releaseNs.p99, releaseNs.p999]
  return [title, ...[placementsPerSecond, ...times, failures, memoryMb].map(formatCount)]
}

function readCount(least: number, most: number): (text: string) => number {
  return (text) => {
    const count = Number(text)
    if (Number.isSafeInteger(count) && count >= least && count <= most) return count
    throw new InvalidArgumentError(`a whole number from ${least} to ${most}`)
  }
}
