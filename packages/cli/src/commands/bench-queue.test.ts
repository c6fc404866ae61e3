import { expect, test } from 'vitest'
import { runOfftake } from '../testing/run-offtake.ts'
import { inFolder } from '../testing/temporary-folder.ts'

const FLEET =
  'pools:\n  - provider: own\n    hardware: gpu\n    nodes:\n      - { domains: 2, acceleratorsPerNode: 8 }\n'
/** A long job takes all, and a short one comes while it runs. */
const JOBS = 'submitted,duration,accelerators,checkpoint\n0,1000,16,1s\n100,50,16,1s\n'
const FILES = { 'fleet.yaml': FLEET, 'jobs.csv': JOBS }

function queue(dir: string, ...more: readonly string[]) {
  return runOfftake(['bench', 'queue', '--fleet', `${dir}/fleet.yaml`, '--trace', `${dir}/jobs.csv`, ...more])
}

test('prints how long jobs take under a policy, in JSON as one object', () =>
  inFolder(FILES, async (dir) => {
    const { code, out } = await queue(dir, '--policy', 'srtf', '--json')
    expect(code).toBe(0)
    // The short job takes 50 s at once, and the long one as much longer.
    const completionSeconds = { mean: (50 + 1050) / 2, p99: 1050 }
    expect(JSON.parse(out)).toMatchObject({
      policy: 'srtf',
      trace: 'jobs.csv',
      completionSeconds,
      makespanSeconds: 1050,
      waitSeconds: { mean: 0 },
      preemptions: 1,
    })
  }))

test('prints a row for every policy', () =>
  inFolder(FILES, async (dir) => {
    const { out } = await queue(dir)
    const rows = out.split('\n').map((line) => line.split(/ +/).slice(0, 2).join(' '))
    expect(rows).toContain('fifo 975')
    expect(rows).toContain('srtf 550')
    expect(rows.filter((row) => row !== '')).toHaveLength(9)
  }))

test('a trace that cannot be read is named', () =>
  inFolder({ ...FILES, 'jobs.csv': '' }, async (dir) => {
    const { code, err } = await queue(dir)
    expect(code).toBe(2)
    expect(err).toContain('emptyFile')
  }))
