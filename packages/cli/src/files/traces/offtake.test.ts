import { expect, test } from 'vitest'
import { machines } from '../../testing/machines.ts'
import { withFile } from '../../testing/trace-file.ts'
import { readTrace } from './read-trace.ts'
import { traceFleetOf } from './trace-fleet.ts'

const FLEET = traceFleetOf([
  machines('h100', 64, 8, { domains: 8, nodesPerDomain: 8, cpuCores: 1024 }),
  machines('gb200-nvl72', 180, 4, { domains: 10, nodesPerDomain: 18 }),
])
const ALL = [
  { hardware: 'h100', speed: 1 },
  { hardware: 'gb200-nvl72', speed: 1 },
]

async function trace(path: string) {
  const read = await readTrace(path, 'offtake', FLEET)
  return read.ok ? read.value : expect.fail(JSON.stringify(read.problems))
}

async function problems(path: string) {
  const read = await readTrace(path, 'offtake', FLEET)
  return read.ok ? [] : read.problems
}

test('three columns are enough, and what is not said has a default', async () => {
  const { jobs } = await withFile('submitted,duration,accelerators\n2026-03-01T08:00Z,90,64\n', trace)
  expect(jobs).toEqual([
    {
      gang: {
        id: 'line-2',
        tenant: 'default',
        priority: 0,
        roles: [
          {
            name: 'worker',
            members: 16,
            acceleratorsPerMember: 4,
            cpuCoresPerMember: 0,
            accepts: ALL,
            within: { level: 'pool', required: true },
          },
        ],
        restartMs: 0,
        reclaimable: true,
      },
      submitted: Date.UTC(2026, 2, 1, 8),
      workMs: 90_000,
    },
  ])
})

const COLUMNS =
  'id,submitted,duration,roles,tenant,priority,hardware,within,limit,checkpoint,restart,reclaimable'
const FULL_ROW =
  'run-1,0.5,1h30m,"trainer:16x8 sandbox:64x0x4",research/base,7,h100|gb200-nvl72=1.6,prefer block,2h,15m,45s,no'

test('everything about a gang can be said in a row', async () => {
  const { jobs } = await withFile(`${COLUMNS}\n${FULL_ROW}\n`, trace)
  const [job] = jobs
  const shared = {
    accepts: [
      { hardware: 'h100', speed: 1 },
      { hardware: 'gb200-nvl72', speed: 1.6 },
    ],
    within: { level: 'block', required: false },
  }
  expect(job).toEqual({
    gang: {
      id: 'run-1',
      tenant: 'research/base',
      priority: 7,
      roles: [
        { name: 'trainer', members: 16, acceleratorsPerMember: 8, cpuCoresPerMember: 0, ...shared },
        { name: 'sandbox', members: 64, acceleratorsPerMember: 0, cpuCoresPerMember: 4, ...shared },
      ],
      limitMs: 7_200_000,
      checkpointMs: 900_000,
      restartMs: 45_000,
      reclaimable: false,
    },
    submitted: 500,
    workMs: 5_400_000,
  })
})

test('a line of JSON says the same, roles with needs of their own included', async () => {
  const line = {
    id: 'run-1',
    submitted: 0.5,
    duration: '1h30m',
    roles: [
      { name: 'trainer', members: 16, accelerators: 8 },
      { name: 'sandbox', members: 64, cpuCores: 4 },
    ],
    tenant: 'research/base',
    priority: 7,
    hardware: ['h100', { hardware: 'gb200-nvl72', speed: 1.6 }],
    within: { level: 'block', required: false },
    limit: '2h',
    checkpoint: '15m',
    restart: '45s',
    reclaimable: false,
  }
  const fromCsv = await withFile(`${COLUMNS}\n${FULL_ROW}\n`, trace)
  const fromJson = await withFile(`\n${JSON.stringify(line)}\n`, trace)
  expect(fromJson).toEqual(fromCsv)
  const own = { ...line, roles: [{ name: 'a', accelerators: 1, hardware: 'h100', within: 'node' }] }
  const { jobs } = await withFile(JSON.stringify(own), trace)
  expect(jobs[0]?.gang.roles[0]?.accepts).toEqual([{ hardware: 'h100', speed: 1 }])
  expect(jobs[0]?.gang.roles[0]?.within).toEqual({ level: 'node', required: true })
})

test('rows that cannot be used say which field is to blame', async () => {
  const rows = [
    'a,2026-01-01,60,worker:1x8,t,0,h100,domain,,,,',
    'a,2026-01-01,60,worker:1x8,t,0,h100,domain,,,,',
    'c,2026-01-01,60,worker-1x8,t,0,h100,domain,,,,',
    'd,2026-01-01,60,worker:1x8,t,0,h200,domain,,,,',
    'e,2026-01-01,60,worker:1x16,t,0,h100,domain,,,,',
    'o,2026-01-01,60,worker:65x8,t,0,h100,domain,,,,',
    'p,2026-01-01,60,worker:2x8,t,0,h100,node,,,,',
    'q,2026-01-01,60,worker:9x8,t,0,h100,domain,,,,',
    'r,2026-01-01,60,worker:1x8 sandbox:257x0x4,t,0,h100,,,,,',
    's,2026-01-01,60,worker:1x4 sandbox:1x0x4,t,0,gb200-nvl72,,,,,',
    'f,2026-01-01,60,worker:1x8,t,1.5,h100,domain,,,,',
    'g,2026-01-01,60,worker:1x8,t,0,h100,galaxy,,,,',
    'h,2026-01-01,sixty,worker:1x8,t,0,h100,domain,,,,',
    'i,2026-01-01,60,worker:1x0x4,t,0,h100,domain,,,,',
    'j,2026-01-01,60,,t,0,h100,domain,,,,',
    'k,2026-01-01,60,worker:1x8,t,0,h100=fast,domain,,,,',
    'l,2026-01-01,60,worker:1x8,t,0,h100,domain,,0s,,',
    'm,2026-01-01,60,worker:1x8,t,0,h100,domain,,,,perhaps',
    'n,2026-01-01,60,worker:1x8 worker:1x8,t,0,h100,domain,,,,',
  ]
  const { jobs, rejected } = await withFile(`${COLUMNS}\n${rows.join('\n')}`, trace)
  expect(jobs.map(({ gang }) => gang.id)).toEqual(['a'])
  expect(rejected.map(({ because, field }) => [because, field])).toEqual([
    ['duplicateId', undefined],
    ['malformed', 'roles'],
    ['noSuchHardware', undefined],
    ['tooLarge', undefined],
    ['tooLarge', undefined],
    ['tooLarge', undefined],
    ['tooLarge', undefined],
    ['tooLarge', undefined],
    ['tooLarge', undefined],
    ['malformed', 'priority'],
    ['malformed', 'within'],
    ['malformed', 'duration'],
    ['noSize', 'roles'],
    ['noSize', 'accelerators'],
    ['malformed', 'hardware'],
    ['malformed', 'checkpoint'],
    ['malformed', 'reclaimable'],
    ['malformed', 'roles'],
  ])
})

test('lines of JSON that are none, or have unknown or unreadable fields, are rejected one by one', async () => {
  const good = '{"submitted":0,"duration":60,"accelerators":8}'
  const lines = [
    good,
    '{"submitted":0',
    '[1]',
    '{"submitted":0,"durration":60}',
    '{"submitted":[[{}]]}',
    '',
    good,
  ]
  const { jobs, rejected } = await withFile(lines.join('\n'), trace)
  expect(jobs.map(({ gang }) => gang.id)).toEqual(['line-1', 'line-7'])
  expect(rejected).toEqual([
    { line: 2, because: 'malformed' },
    { line: 3, because: 'malformed' },
    { line: 4, because: 'malformed', field: 'durration' },
    { line: 5, because: 'malformed', field: 'submitted' },
  ])
})

test('a quoted value may hold commas and line breaks, and lines are still counted right', async () => {
  const text = 'id,submitted,duration,accelerators,tenant\n"a",0,60,8,"x,\ny"\nb,0,,8,z\n'
  const { jobs, rejected } = await withFile(text, trace)
  expect(jobs[0]?.gang.tenant).toBe('x,\ny')
  expect(rejected).toEqual([{ line: 4, because: 'noDuration', field: 'duration' }])
})

test('a misspelt column is named with the one that is meant', async () => {
  const found = await withFile('submitted,duration,accelerators,prioritty\n0,60,8,1\n', problems)
  expect(found).toMatchObject([{ code: 'unknownColumns', line: 1, unknown: ['prioritty'] }])
})

test('a row says its size once: by a number or by its roles', async () => {
  const text = 'submitted,duration,accelerators,roles\n0,60,8,worker:1x8\n0,60,8,\n'
  const { rejected } = await withFile(text, trace)
  expect(rejected).toEqual([{ line: 2, because: 'malformed', field: 'accelerators' }])
})

test('members may ask for shares, cores and memory, in columns, in text or in JSON', async () => {
  const rows = [
    'submitted,duration,accelerators,acceleratorMilli,CPUCORES,memoryMiB,roles',
    '0,60,,250,1.5,2048,',
    '1,60,16,,96,,',
    '2,60,,,,,trainer:2x8x64x1000 notebook:3x125mx0.5',
  ]
  const { jobs, rejectedBy } = await withFile(`${rows.join('\n')}\n`, trace)
  expect(rejectedBy).toEqual({})
  const [share, whole, roles] = jobs.map(({ gang }) => gang.roles)
  expect(share).toMatchObject([
    {
      members: 1,
      acceleratorsPerMember: 0,
      acceleratorMilliPerMember: 250,
      cpuCoresPerMember: 1.5,
      memoryMiBPerMember: 2048,
    },
  ])
  expect(whole).toMatchObject([{ members: 4, acceleratorsPerMember: 4, cpuCoresPerMember: 96 }])
  expect(roles).toMatchObject([
    {
      name: 'trainer',
      members: 2,
      acceleratorsPerMember: 8,
      cpuCoresPerMember: 64,
      memoryMiBPerMember: 1000,
    },
    {
      name: 'notebook',
      members: 3,
      acceleratorsPerMember: 0,
      acceleratorMilliPerMember: 125,
      cpuCoresPerMember: 0.5,
    },
  ])
  const json =
    '{"submitted":0,"duration":60,"roles":[{"name":"a","members":2,"acceleratorMilli":500,"memoryMiB":7}]}'
  const { jobs: ofJson } = await withFile(json, trace)
  expect(ofJson[0]?.gang.roles).toMatchObject([{ acceleratorMilliPerMember: 500, memoryMiBPerMember: 7 }])
})

test.each([
  ['0,60,,1000,,', 'malformed'],
  ['0,60,,0,,', 'malformed'],
  ['0,60,4,250,,', 'malformed'],
  ['0,60,1,,0.0005,', 'malformed'],
  ['0,60,1,,,1.5', 'malformed'],
  ['0,60,1,,65,', 'tooLarge'],
  ['0,60,,250,65,', 'tooLarge'],
  ['0,60,16,,8,', undefined],
])('of the fleet’s nodes of 64 cores, the row %s is %s', async (row, cause) => {
  const machinesOf64 = machines('h100', 64, 8, { domains: 8, nodesPerDomain: 1 })
  const groups = machinesOf64.groups.map((group) => ({ ...group, cpuCoresPerNode: 64 }))
  const fleet = traceFleetOf([{ ...machinesOf64, groups }])
  const text = `submitted,duration,accelerators,acceleratorMilli,cpuCores,memoryMiB\n${row}\n0,60,1,,,\n`
  const read = await withFile(text, (path) => readTrace(path, 'offtake', fleet))
  const rejected = read.ok ? read.value.rejected : expect.fail('some rows are good')
  expect(rejected.map(({ because }) => because)).toEqual(cause ? [cause] : [])
})

const ELASTIC = 'submitted,duration,accelerators,hardware,sizes,scaling,resize,settle,checkpoint,movable'

test('a row may say at which sizes its gang runs, how fast at each, and how far it may be moved', async () => {
  const rows = [
    '0,60,64,h100,32..96/32,0.5,restart,5m,10m,provider',
    '0,60,64,h100,32=0.7|64,,,,,any',
    '0,60,64,h100,,,,,,no',
  ]
  const { jobs } = await withFile(`${ELASTIC}\n${rows.join('\n')}`, trace)
  expect(jobs.map(({ gang }) => [gang.movable, gang.roles[0]?.elastic])).toEqual([
    [
      'provider',
      {
        sizes: [
          { members: 4, speed: Math.sqrt(0.5) },
          { members: 8, speed: 1 },
          { members: 12, speed: Math.sqrt(1.5) },
        ],
        restarts: true,
        settleMs: 300_000,
      },
    ],
    [
      'any',
      {
        sizes: [
          { members: 4, speed: 0.7 },
          { members: 8, speed: 1 },
        ],
        restarts: false,
        settleMs: 600_000,
      },
    ],
    [undefined, undefined],
  ])
})

test('sizes that contradict themselves are rejected, with the field to blame', async () => {
  const rows = [
    '0,60,64,h100,64|32,,,,,',
    '0,60,64,h100,60,,,,,',
    '0,60,64,h100,32=1|64=0.5,,,,,',
    '0,60,64,h100,32..64,,,,,',
    '0,60,64,h100,0..64/0,,,,,',
    '0,60,64,h100,32,2,,,,',
    '0,60,64,h100,32,,perhaps,,,',
    '0,60,64,h100,32,,restart,,,',
    '0,60,64,h100,32,,,soon,,',
    '0,60,64,h100,,,,,,far',
  ]
  const { rejected } = await withFile(`${ELASTIC}\n${rows.join('\n')}\n0,60,8,h100,,,,,,`, trace)
  expect(rejected.map(({ because, field }) => `${because} ${field}`)).toEqual([
    'malformed sizes',
    'malformed sizes',
    'malformed sizes',
    'malformed sizes',
    'malformed sizes',
    'malformed scaling',
    'malformed resize',
    'malformed resize',
    'malformed settle',
    'malformed movable',
  ])
})

test('one role of a gang may have several sizes, not two', async () => {
  const role = { members: 4, accelerators: 8, sizes: [16, 32] }
  const line = (roles: object[]) => JSON.stringify({ submitted: 0, duration: 60, hardware: 'h100', roles })
  const good = line([
    { name: 'a', members: 1, accelerators: 8 },
    { name: 'b', ...role },
  ])
  const bad = line([
    { name: 'a', ...role },
    { name: 'b', ...role },
  ])
  const { jobs, rejected } = await withFile(`${good}\n${bad}`, trace)
  expect(jobs[0]?.gang.roles.map(({ elastic }) => elastic?.sizes.length)).toEqual([undefined, 2])
  expect(rejected).toEqual([{ line: 2, because: 'malformed', field: 'sizes' }])
})
