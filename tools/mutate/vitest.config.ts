import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { PLANTED_BUGS } from './planted-bugs.ts'

const SOURCE = fileURLToPath(new URL('../../packages/core/src/', import.meta.url))
const source = { conditions: ['offtake-source'] }

// Runs one test file of the core with the bug planted that OFFTAKE_BUG names: the file on disk stays as it is.
export default defineConfig({
  plugins: [plant()],
  resolve: source,
  ssr: { resolve: source },
  test: { root: SOURCE, include: ['**/*.test.ts'], testTimeout: 60_000, update: 'none', maxWorkers: 1 },
})

function plant(): Plugin {
  const bug = PLANTED_BUGS.find(({ name }) => name === process.env.OFFTAKE_BUG)
  if (!bug) throw new Error('OFFTAKE_BUG names no planted bug')
  return {
    name: 'plant-a-bug',
    enforce: 'pre',
    transform: (code, id) =>
      id === `${SOURCE}${bug.file}` ? code.replace(bug.right, () => bug.wrong) : undefined,
  }
}
