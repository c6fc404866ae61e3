import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { runOfftake } from '../testing/run-offtake.ts'
import { inFolder } from '../testing/temporary-folder.ts'

const NODES = 'sn,cpu_milli,memory_mib,gpu,model\nb,32000,65536,4,T4\na,32000,65536,4,V100\n'
const PODS = `name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec
p2,4000,1024,1,500,
p1,4000,1024,2,1000,V100
p3,8000,1024,0,0,
`
const ORDERS = JSON.stringify({ seeds: { one: { pods: [0, 1, 2, 0, 1, 1], nodes: [1, 0] } } })
const FILES = { 'nodes.csv': NODES, 'pods.csv': PODS, 'orders.json': ORDERS }

function pack(dir: string, ...more: readonly string[]) {
  const lists = ['--nodes', `${dir}/nodes.csv`, '--pods', `${dir}/pods.csv`]
  return runOfftake(['bench', 'packing', ...lists, ...more])
}

test('prints what each policy allocates, in JSON as one object or a list', () =>
  inFolder(FILES, async (dir) => {
    const one = await pack(dir, '--orders', `${dir}/orders.json`, '--policy', 'fgd', '--json')
    expect(JSON.parse(one.out)).toMatchObject({
      policy: 'fgd',
      trace: 'pods',
      perSeed: { one: { 95: null } },
    })
    const all = await pack(dir, '--runs', '2', '--json')
    const scores = JSON.parse(all.out) as { policy: string; perSeed: Record<string, object> }[]
    expect(scores.map(({ policy }) => policy)).toEqual(['best-fit', 'fgd', 'least-loss'])
    expect(Object.keys(scores[0]?.perSeed ?? {})).toEqual(['1', '2'])
  }))

test('prints a table for people, and the same twice', () =>
  // Each pod asks for one per cent of the eight accelerators, so that no column is passed over.
  inFolder({ ...FILES, 'pods.csv': `${PODS.split('\n')[0]}\np,100,8,1,80,\n` }, async (dir) => {
    // All but the last column, which says how fast it was.
    const percents = async () =>
      (await pack(dir, '--runs', '2')).out.replaceAll(/ +[^ \n]+$/gm, '').replaceAll(/ +/g, ' ')
    const first = await percents()
    expect(first).toMatch(/^pods: per cent of the accelerators .* mean of 2$/m)
    expect(first).toMatch(/^least-loss \d+\.\d\d/m)
    expect(await percents()).toBe(first)
  }))

test.each([
  ['nodes.csv', 'sn,cpu_milli\na,1\n', 'nodes.csv:1 missingColumns'],
  ['nodes.csv', NODES.replace('32000', '-1'), "nodes.csv:2 badValue 'cpu_milli'"],
  ['nodes.csv', NODES.replace(',4,T4', ',99,T4'), "nodes.csv:2 badValue 'gpu'"],
  ['pods.csv', PODS.replace('1,500,', '1,1500,'), "pods.csv:2 badValue 'gpu_milli'"],
  ['pods.csv', PODS.replace('p3,8000', ',8000'), "pods.csv:4 badValue 'name'"],
  ['pods.csv', `${PODS}p4,1\n`, "pods.csv:5 badValue 'number of columns'"],
  ['pods.csv', '', 'pods.csv emptyFile'],
  ['orders.json', '{', 'orders.json brokenOrders it is no JSON'],
  ['orders.json', '{}', "orders.json brokenOrders it has no 'seeds'"],
  ['orders.json', ORDERS.replace('[1,0]', '[1,1]'), "seed one: 'nodes' are not all rows"],
  ['orders.json', ORDERS.replace('[0,1,2', '[7,1,2'), "seed one: 'pods' are not rows"],
])('%s that cannot be used is named with its place', (name, text, said) =>
  inFolder({ ...FILES, [name]: text }, async (dir) => {
    const { code, out, err } = await pack(dir, '--orders', `${dir}/orders.json`)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(said)
  }),
)

test('a seed that the orders do not have is a named problem, and so is a damaged archive', () =>
  inFolder(FILES, async (dir) => {
    const { code, err } = await pack(dir, '--orders', `${dir}/orders.json`, '--seeds', 'two')
    expect([code, err]).toEqual([2, `${dir}/orders.json brokenOrders it has no seed two\n`])
  }))

test('seeds of no orders are a named problem', () =>
  inFolder(FILES, async (dir) => {
    const { code, err } = await pack(dir, '--seeds', 'one')
    expect([code, err]).toEqual([2, '--seeds brokenOrders it names orders of a file: say --orders\n'])
  }))

test('gzipped lists are read as plain ones', () =>
  inFolder({ ...FILES, 'pods.csv': gzipSync(PODS) }, async (dir) => {
    expect((await pack(dir, '--runs', '1')).code).toBe(0)
  }))
