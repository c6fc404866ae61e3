import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { machines } from '../../testing/machines.ts'
import { withFile } from '../../testing/trace-file.ts'
import { readTrace, type TraceFormat } from './read-trace.ts'
import { traceFleetOf } from './trace-fleet.ts'
import { describeTraceProblem } from './trace-problem.ts'

const FLEET = traceFleetOf([machines('gpu', 8, 8)])
const HEADER = 'timestamp,duration,num_gpus,gpu_time,cluster\n'
const ROW = '2017-10-09 07:01:55,66.0,1,66.0,11cb48\n'

async function read(path: string, format: TraceFormat = 'philly') {
  const result = await readTrace(path, format, FLEET)
  if (result.ok) return { jobs: result.value.jobs.length, said: '' }
  const said = result.problems.map(describeTraceProblem).join('\n').replaceAll(path, 'trace')
  return { jobs: 0, said }
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'offtake-traces-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a gzipped trace is known by its content, and reads like the plain one', async () => {
  const text = HEADER + ROW.repeat(3)
  expect(await withFile(text, read)).toEqual({ jobs: 3, said: '' })
  expect(await withFile(gzipSync(text), read)).toEqual({ jobs: 3, said: '' })
})

test('a byte order mark and Windows line ends are no trouble', async () => {
  expect(await withFile(`\uFEFF${HEADER}${ROW}`.replaceAll('\n', '\r\n'), read)).toEqual({
    jobs: 1,
    said: '',
  })
  const quoted = '\uFEFF"submitted",duration,accelerators\n0,60,8\n'
  expect(await withFile(quoted, (path) => read(path, 'offtake'))).toEqual({ jobs: 1, said: '' })
})

test('wrong columns are named with the nearest that is there', async () => {
  const { said } = await withFile('timestamp,duratoin,gpus,gpu_time,cluster\n1,2,3,4,5\n', read)
  expect(said).toBe(
    "trace:1 missingColumns column 'duration' is missing, is it 'duratoin'?; column 'num_gpus' is missing, is it 'gpus'?",
  )
})

test('a trace of another format is told by its columns', async () => {
  const { said } = await withFile(HEADER + ROW, (path) => read(path, 'muri'))
  expect(said).toContain('missingColumns')
})

test('an empty file, plain or gzipped, and one of blank lines hold nothing', async () => {
  for (const content of ['', gzipSync(''), '\n\n\n'])
    expect((await withFile(content, read)).said).toBe('trace emptyFile the file holds nothing')
  expect((await withFile(HEADER, read)).said).toBe('trace noUsableRow no row can be used')
})

test('a gzip file that is cut off is a named problem with the last line that was whole', async () => {
  const rows = Array.from({ length: 50_000 }, (_, i) => `2017-10-09 07:01:55,${(i * 7919) % 99_991},1,0,a`)
  const whole = gzipSync(HEADER + rows.join('\n'))
  const { said } = await withFile(whole.subarray(0, whole.length >> 1), read)
  expect(said).toMatch(
    /^trace:\d+ brokenGzip the gzip file is damaged or cut off after this line \(Z_BUF_ERROR\)$/,
  )
  expect(Number(/:(\d+)/.exec(said)?.[1])).toBeGreaterThan(1000)
})

test('a gzip file with a damaged middle is a named problem', async () => {
  const rows = Array.from({ length: 50_000 }, (_, i) => `2017-10-09 07:01:55,${(i * 7919) % 99_991},1,0,a`)
  const damaged = gzipSync(HEADER + rows.join('\n'))
  damaged.fill(0xff, damaged.length >> 1, (damaged.length >> 1) + 64)
  expect((await withFile(damaged, read)).said).toMatch(/^trace:\d+ brokenGzip/)
})

test('a gzip file that breaks off in its first bytes is a named problem', async () => {
  expect((await withFile(gzipSync(HEADER).subarray(0, 12), read)).said).toMatch(/^trace:0 brokenGzip/)
})

test('noise is no text', async () => {
  const noise = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 2_654_435_761) >>> 13)
  for (const content of [noise, gzipSync(noise), Buffer.from(HEADER + ROW, 'utf16le')])
    expect((await withFile(content, read)).said).toMatch(/^trace:1 notText/)
})

test('a line without end is refused before it fills the memory', async () => {
  const endless = 'x'.repeat(8_000_000)
  for (const start of [HEADER, ''])
    expect((await withFile(gzipSync(start + endless), read)).said).toMatch(/^trace:\d brokenTable/)
  const json = await withFile(`{${endless}`, (path) => read(path, 'offtake'))
  expect(json.said).toBe('trace:1 brokenTable the table cannot be read on (line too long)')
})

test('a quote that never ends is a named problem where quotes count', async () => {
  const { said } = await withFile('submitted,duration,accelerators\n0,60,"8\n0,60,8\n', (path) =>
    read(path, 'offtake'),
  )
  expect(said).toMatch(/^trace:\d+ brokenTable .*CSV_QUOTE_NOT_CLOSED/)
})

test('what is no file that can be read is a named problem', async () => {
  expect((await read(join(folder, 'nothing'))).said).toContain(
    'unreadableFile the file cannot be read (ENOENT)',
  )
  mkdirSync(join(folder, 'folder'))
  expect((await read(join(folder, 'folder'))).said).toContain('EISDIR')
  symlinkSync(join(folder, 'loop'), join(folder, 'loop'))
  expect((await read(join(folder, 'loop'))).said).toContain('ELOOP')
})

test('a trace of which no row can be used is a failure that says why', async () => {
  const { said } = await withFile(`${HEADER}2017-10-09 07:01:55,66.0,65,0,a\n,66.0,1,0,a\n`, read)
  expect(said).toBe('trace noUsableRow no row can be used (tooLarge 1, noTime 1)')
})

test('many rejected rows are counted in full, the first thousand listed', async () => {
  const result = await withFile(HEADER + ROW + 'broken\n'.repeat(1500), (path) =>
    readTrace(path, 'philly', FLEET),
  )
  expect(result).toMatchObject({ ok: true, value: { rejectedBy: { malformed: 1500 } } })
  expect(result.ok && result.value.rejected).toHaveLength(1000)
})
