import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { OFFTAKE } from './live-server.ts'

const run = promisify(execFile)

/** Makes up a fleet of so many domains in a folder, by the command that is for that. */
export async function generateFleet(folder: string, domains: number): Promise<void> {
  await run(process.execPath, [OFFTAKE, 'generate', 'fleet', folder, '--domains', String(domains)])
}
