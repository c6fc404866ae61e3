import { writeFileSync } from 'node:fs'

// Loaded into a measured program before its own code: as it ends, it writes down the most memory it held, in KiB.
const file = process.env.OFFTAKE_PEAK_MEMORY_FILE

process.on('exit', () => {
  if (file) writeFileSync(file, String(process.resourceUsage().maxRSS))
})
