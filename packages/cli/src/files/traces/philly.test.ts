import { acceleratorsOf } from '@offtake/core/demand/gang'
import { expect, test } from 'vitest'
import { machines } from '../../testing/machines.ts'
import { testOnRealData } from '../../testing/real-data.ts'
import { withFile } from '../../testing/trace-file.ts'
import { readTrace } from './read-trace.ts'
import { traceFleetOf } from './trace-fleet.ts'

const FLEET = traceFleetOf([machines('gpu', 311, 8), machines('gpu', 1, 2)])

async function trace(path: string, fleet = FLEET) {
  const read = await readTrace(path, 'philly', fleet)
  return read.ok ? read.value : expect.fail(JSON.stringify(read.problems))
}

testOnRealData(
  'all 82,247 jobs of the Philly trace are read, sorted and counted',
  'philly/jobs.csv.gz',
  async (path) => {
    const { jobs, outOfOrder, rejected, rejectedBy } = await trace(path)
    expect(jobs).toHaveLength(82_247)
    expect(rejected).toEqual([])
    expect(rejectedBy).toEqual({})
    expect(outOfOrder).toBeGreaterThan(40_000)
    const times = jobs.map(({ submitted }) => submitted)
    expect(times.every((at, i) => i === 0 || at >= (times[i - 1] ?? 0))).toBe(true)
    expect(new Date(times[0] ?? 0).toISOString()).toBe('2017-09-04T10:30:41.000Z')
    expect(new Date(times.at(-1) ?? 0).toISOString()).toBe('2017-12-22T08:02:11.000Z')
  },
)

testOnRealData(
  'the Philly trace asks for its 978,078 GPU-hours in 15 tenants, in gangs of up to 128',
  'philly/jobs.csv.gz',
  async (path) => {
    const { jobs } = await trace(path)
    const gpuMs = jobs.reduce((sum, { gang, workMs }) => sum + acceleratorsOf(gang) * workMs, 0)
    expect(Math.round(gpuMs / 3_600_000)).toBe(978_078)
    expect(new Set(jobs.map(({ gang }) => gang.tenant)).size).toBe(15)
    expect(jobs.reduce((most, { gang }) => Math.max(most, acceleratorsOf(gang)), 0)).toBe(128)
  },
)

testOnRealData(
  'jobs larger than the fleet are rejected with their lines, the others stay',
  'philly/jobs.csv.gz',
  async (path) => {
    const { jobs, rejected, rejectedBy } = await trace(
      path,
      traceFleetOf([machines('gpu', 7, 8), machines('gpu', 1, 4)]),
    )
    expect(rejectedBy).toEqual({ tooLarge: 9 })
    expect(jobs).toHaveLength(82_247 - 9)
    expect(rejected.map(({ line }) => line)).toEqual(
      [...rejected.map(({ line }) => line)].sort((a, b) => a - b),
    )
  },
)

const HEADER = 'timestamp,duration,num_gpus,gpu_time,cluster\n'

test('a gang is made of members of one accelerator, close together where that goes, on the hardware of the fleet', async () => {
  const row = '2017-10-09 07:01:55,66.5,16,1064.0,11cb48\n\n'
  const { jobs } = await withFile(HEADER + row, trace)
  expect(jobs).toEqual([
    {
      gang: {
        id: 'philly-2',
        tenant: '11cb48',
        priority: 0,
        roles: [
          {
            name: 'worker',
            members: 16,
            acceleratorsPerMember: 1,
            cpuCoresPerMember: 0,
            accepts: [{ hardware: 'gpu', speed: 1 }],
            within: { level: 'domain', required: false },
          },
        ],
        restartMs: 0,
        reclaimable: true,
      },
      submitted: Date.UTC(2017, 9, 9, 7, 1, 55),
      workMs: 66_500,
    },
  ])
})

test('rows of one moment keep their order, and only rows behind a later one count as out of order', async () => {
  const rows = ['10:00:00,1', '09:00:00,2', '09:30:00,4', '10:00:00,8', '09:00:00,16']
  const text = rows.map((row) => `2017-10-09 ${row.split(',')[0]},60,${row.split(',')[1]},0,a`).join('\n')
  const { jobs, outOfOrder } = await withFile(HEADER + text, trace)
  expect(jobs.map(({ gang }) => acceleratorsOf(gang))).toEqual([2, 16, 4, 1, 8])
  expect(outOfOrder).toBe(3)
})

test('each unusable row is rejected for its own cause, in the line where it stands', async () => {
  const rows = [
    '2017-10-09 07:01:55,,1,0,a',
    '2017-10-09 07:01:55,nan,1,0,a',
    '2017-10-09 07:01:55,0.0,1,0,a',
    '',
    '2017-10-09 07:01:55,60,,0,a',
    '2017-10-09 07:01:55,60,0,0,a',
    ',60,1,0,a',
    '2017-10-09 07:01:55,60,1.5,0,a',
    '2017-10-09 07:01:55,-60,1,0,a',
    '2017-10-09 07:01:55,1e400,1,0,a',
    '2017-13-09 07:01:55,60,1,0,a',
    '2017-10-09 07:01:55,60,1',
    '2017-10-09 07:01:55,60,99999,0,a',
    '2017-10-09 07:01:55,0x10,1,0,a',
    '2017-10-09 07:01:55,60,0x10,0,a',
    '2017-10-09 07:01:55,60,1,0,a',
  ]
  const { jobs, rejected } = await withFile(HEADER + rows.join('\r\n'), trace)
  expect(jobs).toHaveLength(1)
  expect(rejected).toEqual([
    { line: 2, because: 'noDuration', field: 'duration' },
    { line: 3, because: 'noDuration', field: 'duration' },
    { line: 4, because: 'noDuration', field: 'duration' },
    { line: 6, because: 'noSize', field: 'num_gpus' },
    { line: 7, because: 'noSize', field: 'num_gpus' },
    { line: 8, because: 'noTime', field: 'timestamp' },
    { line: 9, because: 'malformed', field: 'num_gpus' },
    { line: 10, because: 'malformed', field: 'duration' },
    { line: 11, because: 'malformed', field: 'duration' },
    { line: 12, because: 'malformed', field: 'timestamp' },
    { line: 13, because: 'malformed' },
    { line: 14, because: 'tooLarge' },
    { line: 15, because: 'malformed', field: 'duration' },
    { line: 16, because: 'malformed', field: 'num_gpus' },
  ])
})
