import { join } from 'node:path'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { sourceOf } from './planted-bug.ts'
import { PLANTED_BUGS } from './planted-bugs.ts'

const bug = PLANTED_BUGS.find(({ name }) => name === process.env.OFFTAKE_BUG)
if (!bug) throw new Error('OFFTAKE_BUG names no planted bug')
const { file, right, wrong } = bug
const source = { conditions: ['offtake-source'] }

// Runs one test file of a package with the bug planted that OFFTAKE_BUG names: the file on disk stays as it is.
export default defineConfig({
  plugins: [plant(join(sourceOf(bug), file))],
  resolve: source,
  ssr: { resolve: source },
  test: {
    root: sourceOf(bug),
    include: ['**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    update: 'none',
    maxWorkers: 1,
  },
})

function plant(path: string): Plugin {
  return {
    name: 'plant-a-bug',
    enforce: 'pre',
    transform: (code, id) => (id === path ? code.replace(right, () => wrong) : undefined),
  }
}
