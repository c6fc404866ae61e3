import { acceleratorsOf } from '@offtake/core/demand/gang'
import { expect, test } from 'vitest'
import { machines } from '../../testing/machines.ts'
import { testOnRealData } from '../../testing/real-data.ts'
import { withFile } from '../../testing/trace-file.ts'
import { readTrace } from './read-trace.ts'
import { traceFleetOf } from './trace-fleet.ts'

const TESTBED = traceFleetOf([machines('gpu', 8, 8)])

async function trace(path: string) {
  const read = await readTrace(path, 'muri', TESTBED)
  return read.ok ? read.value : expect.fail(JSON.stringify(read.problems))
}

testOnRealData(
  'the testbed trace has 400 jobs whose work is iterations times the time of one',
  'muri/testbed.csv',
  async (path) => {
    const { jobs, outOfOrder, rejectedBy } = await trace(path)
    expect(jobs).toHaveLength(400)
    expect(outOfOrder).toBe(0)
    expect(rejectedBy).toEqual({})
    const gpuMs = jobs.reduce((sum, { gang, workMs }) => sum + acceleratorsOf(gang) * workMs, 0)
    // By the column `duration` it would be 61,344.
    expect(Math.round(gpuMs / 3_600_000)).toBe(65_986)
  },
)

const HEADER =
  'job_id,num_gpu,submit_time,iterations,model_name,batch_size,duration,interval,iteration_time,priority\n'

test('times are milliseconds, and the column duration is not the work', async () => {
  const { jobs } = await withFile(`${HEADER}7,8,1534000,1463,vgg16,16,281000,28000,214,1\n`, trace)
  expect(jobs[0]?.submitted).toBe(1_534_000)
  expect(jobs[0]?.workMs).toBe(1463 * 214)
  expect(jobs[0]?.gang.id).toBe('muri-7')
  expect(jobs[0]?.gang.priority).toBe(0)
  expect(jobs[0]?.gang.restartMs).toBe(30_000)
})

test('gangs of a node or more take whole nodes, smaller ones sit on one node', async () => {
  const rows = [1, 4, 8, 16, 12].map((gpus, id) => `${id},${gpus},0,1,m,1,1,1,100,0`).join('\n')
  const { jobs } = await withFile(HEADER + rows, trace)
  const layouts = jobs.map(({ gang }) => gang.roles.map((role) => [role.members, role.acceleratorsPerMember]))
  expect(layouts).toEqual([[[1, 1]], [[1, 4]], [[1, 8]], [[2, 8]], [[2, 8]]])
})

test('a job without work or with a number of another one is rejected', async () => {
  const rows = [
    '1,8,0,0,m,1,1,1,214,0',
    '2,8,0,10,m,1,1,1,214,0',
    '2,8,0,10,m,1,1,1,214,0',
    ',8,0,10,m,1,1,1,214,0',
  ]
  const { jobs, rejected } = await withFile(HEADER + rows.join('\n'), trace)
  expect(jobs).toHaveLength(1)
  expect(rejected).toEqual([
    { line: 2, because: 'noDuration', field: 'iterations' },
    { line: 4, because: 'duplicateId' },
    { line: 5, because: 'malformed', field: 'job_id' },
  ])
})
