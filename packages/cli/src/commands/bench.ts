import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { registerBenchIndex } from './bench-index.ts'
import { registerBenchPacking } from './bench-packing.ts'
import { registerBenchQueue } from './bench-queue.ts'

/** `offtake bench …`: how well, and how fast, on data of one's own. */
export function registerBench(program: Command, finish: Finish): void {
  const bench = program.command('bench').description('measure decisions and speed on the data given')
  registerBenchIndex(bench, finish)
  registerBenchPacking(bench, finish)
  registerBenchQueue(bench, finish)
}
