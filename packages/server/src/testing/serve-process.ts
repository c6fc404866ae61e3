import { serve } from '../serve.ts'
import { gpuSupply } from './gpu-supply.ts'

// Serves a small fleet until it is killed: DATABASE TOKEN FOLDER ROLE. Says its address on standard output when it is ready.

const [database = '', token = '', runs = '', role] = process.argv.slice(2)
const { url } = await serve({
  database,
  token,
  runs,
  port: 0,
  host: '127.0.0.1',
  speed: 1000,
  role: role === 'api' || role === 'engine' ? role : 'all',
  supply: gpuSupply({ domains: 4 }),
})
process.stdout.write(`${url}\n`)

// Whoever started it is gone where this ends: a test that is cut off leaves no server behind.
process.stdin.on('end', () => process.exit()).resume()
