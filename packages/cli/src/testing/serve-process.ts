import { main } from '../main.ts'

// One command line in a process of its own, from the sources.
process.exitCode = await main(process.argv.slice(2))
