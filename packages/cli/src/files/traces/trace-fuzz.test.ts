import { gzipSync } from 'node:zlib'
import type { Trace } from '@offtake/core/simulation/trace'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { machines } from '../../testing/machines.ts'
import { withFile } from '../../testing/trace-file.ts'
import { readTrace, type TraceFormat } from './read-trace.ts'
import { traceFleetOf } from './trace-fleet.ts'
import { describeTraceProblem } from './trace-problem.ts'

const FLEET = traceFleetOf([machines('h100', 8, 8, { cpuCores: 64 })])

const SOUND: Readonly<Record<string, { readonly format: TraceFormat; readonly text: string }>> = {
  philly: {
    format: 'philly',
    text: 'timestamp,duration,num_gpus,gpu_time,cluster\n2017-10-09 07:01:55,66.0,1,66.0,11cb48\n2017-10-09 06:13:03,2951.0,16,1.0,6214e9\n\n',
  },
  muri: {
    format: 'muri',
    text: 'job_id,num_gpu,submit_time,iterations,iteration_time\n0,8,0,10956,437\n1,1,1534000,1463,214\n',
  },
  csv: {
    format: 'offtake',
    text: 'id,submitted,duration,roles,hardware,within,limit\na,2026-01-01,1h,"trainer:2x8 box:4x0x2",h100=1.5,prefer domain,2h\nb,5,90,w:1x1,,,\n',
  },
  json: {
    format: 'offtake',
    text: '{"id":"a","submitted":0,"duration":"1h","accelerators":8,"within":"node"}\n{"submitted":9,"duration":60,"roles":[{"name":"w","members":2,"accelerators":4}]}\n',
  },
}

const PIECES = [
  '',
  ',',
  '"',
  '\n',
  '\r',
  '\0',
  '-',
  '-1',
  '0',
  '1e999',
  '1e-9',
  'NaN',
  'Infinity',
  '9'.repeat(30),
  '\uFEFF',
  '\u2028',
  '{',
  '}',
  '[[',
  'null',
  'true',
  '__proto__',
  'constructor',
  'h100|',
  '=',
  ':',
  'x0',
  '2026-02-30',
  '\ud800',
]

/** Cuts out a stretch of the text and puts something else there. */
const mutation = fc.record({
  from: fc.nat(400),
  length: fc.nat(12),
  piece: fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 6 })),
})

function mutated(
  text: string,
  mutations: readonly { from: number; length: number; piece: string }[],
): string {
  return mutations.reduce((now, { from, length, piece }) => {
    const at = from % (now.length + 1)
    return now.slice(0, at) + piece + now.slice(at + length)
  }, text)
}

/** What must hold of every trace that is read, whatever the file. */
function expectSound({ jobs, outOfOrder, rejected, rejectedBy }: Trace): void {
  expect(Number.isInteger(outOfOrder) && outOfOrder >= 0).toBe(true)
  for (const [i, { gang, submitted, workMs }] of jobs.entries()) {
    expect(Number.isSafeInteger(submitted) && submitted >= (jobs[i - 1]?.submitted ?? 0)).toBe(true)
    expect(Number.isSafeInteger(workMs) && workMs > 0).toBe(true)
    expect(gang.id).not.toBe('')
    expect(
      [gang.priority, gang.restartMs, gang.limitMs ?? 1, gang.checkpointMs ?? 1].every(Number.isInteger),
    ).toBe(true)
    let accelerators = 0
    for (const { members, acceleratorsPerMember, cpuCoresPerMember, accepts } of gang.roles) {
      expect([members, acceleratorsPerMember, cpuCoresPerMember].every(Number.isSafeInteger)).toBe(true)
      expect(accepts.every(({ speed }) => speed > 0 && Number.isFinite(speed))).toBe(true)
      accelerators += members * acceleratorsPerMember
    }
    expect(accelerators > 0 && accelerators <= 64).toBe(true)
  }
  expect(Object.values(rejectedBy).reduce((sum, count) => sum + count, 0)).toBe(rejected.length)
}

for (const [name, { format, text }] of Object.entries(SOUND)) {
  test(`a mutated ${name} trace is read or refused by name, and nothing else`, async () => {
    const changes = fc.array(mutation, { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(changes, fc.boolean(), async (mutations, zipped) => {
        const content = mutated(text, mutations)
        const result = await withFile(zipped ? gzipSync(content) : content, (path) =>
          readTrace(path, format, FLEET),
        )
        if (result.ok) expectSound(result.value)
        else expect(result.problems.map(describeTraceProblem).join('')).toMatch(/[a-z]+[A-Z]\w+ \w/)
      }),
      { numRuns: 250 },
    )
  })
}

test('a gzipped trace with flipped bytes is read or refused by name', async () => {
  const flips = fc.array(fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 255 })), {
    minLength: 1,
    maxLength: 4,
  })
  const [{ format, text }] = [SOUND.philly as (typeof SOUND)[string] & object]
  await fc.assert(
    fc.asyncProperty(flips, fc.nat(200), async (bytes, cut) => {
      const content = gzipSync(text)
      for (const [at, by] of bytes) content[at % content.length] = (content[at % content.length] ?? 0) ^ by
      const result = await withFile(content.subarray(0, content.length - (cut % content.length)), (path) =>
        readTrace(path, format, FLEET),
      )
      if (result.ok) expectSound(result.value)
      else expect(result.problems).toHaveLength(1)
    }),
    { numRuns: 250 },
  )
})
