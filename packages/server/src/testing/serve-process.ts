import { instant } from '@offtake/core/base/instant'
import { poolOf } from '@offtake/core/capacity/pool'
import { serve } from '../serve.ts'

// Serves a small fleet until it is killed: DATABASE TOKEN FOLDER ROLE. Says its address on standard output when it is ready.

const [database = '', token = '', runs = '', role] = process.argv.slice(2)
const pool = poolOf({ provider: 'own', region: 'here', hardware: 'gpu', fabric: 'default' })
const nodes = [{ domains: 4, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 4 }]
const { url } = await serve({
  database,
  token,
  runs,
  port: 0,
  host: '127.0.0.1',
  speed: 1000,
  role: role === 'api' || role === 'engine' ? role : 'all',
  supply: [
    { at: instant(0), key: 'pool', command: { kind: 'openPool', pool } },
    { at: instant(0), key: 'nodes', command: { kind: 'addNodes', poolId: pool.id, nodes } },
  ],
})
process.stdout.write(`${url}\n`)

// Whoever started it is gone where this ends: a test that is cut off leaves no server behind.
process.stdin.on('end', () => process.exit()).resume()
