import { fileURLToPath } from 'node:url'
import { build } from 'vite'

// Makes the web application that `offtake serve` shows, in `dist`, from the built contract and core.

await build({ root: fileURLToPath(new URL('.', import.meta.url)), logLevel: 'warn' })
