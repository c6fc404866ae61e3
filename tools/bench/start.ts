import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../root.ts'
import type { Bench, Sample } from './bench.ts'
import { runNode } from './child.ts'

/** What `npm start` does once everything is set up. */
export const START: Bench = {
  name: 'start',
  about: 'offtake run examples/frontier-lab, seven years event by event, beside a fixed piece of work',
  cases: [
    {
      name: 'frontier-lab',
      repeats: 1,
      figures: [
        { key: 'wallSeconds', unit: 's', better: 'lower', target: 60 },
        { key: 'peakMemoryMb', unit: 'MB', better: 'lower', target: 2048 },
      ],
      measure: runFrontierLab,
      yardstick: { name: 'a fixed piece of work', figure: 'wallSeconds', measure: fixedWork },
    },
  ],
}

async function runFrontierLab(): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'offtake-start-'))
  try {
    const command = join(ROOT, 'packages/cli/bin/offtake.js')
    const out = join(folder, 'results')
    const { wallSeconds, peakMemoryMb } = await runNode([
      command,
      'run',
      'examples/frontier-lab',
      '--out',
      out,
    ])
    return { wallSeconds, peakMemoryMb }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function fixedWork(): Promise<number> {
  const { wallSeconds } = await runNode([join(ROOT, 'tools/bench/fixed-work.mjs')])
  return wallSeconds
}
