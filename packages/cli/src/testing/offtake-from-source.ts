import { main } from '../main.ts'

// The command itself, from its sources: a process of its own for tests that need one.

process.exitCode = await main(process.argv.slice(2))
