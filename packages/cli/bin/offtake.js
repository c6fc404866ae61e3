#!/usr/bin/env node
import { main } from '../dist/main.js'

// Whoever reads the output may stop reading, as `head` does: that is no fault of ours.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0)
  process.stderr.write(`offtake: the output cannot be written: ${error.message}\n`)
  process.exit(2)
})

process.exitCode = await main(process.argv.slice(2))
