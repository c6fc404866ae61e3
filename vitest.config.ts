import { defineConfig } from 'vitest/config'

const source = { conditions: ['offtake-source'] }
const outside = ['**/dist/**', '**/node_modules/**']

// What a name says of a test: `*.test.ts` runs always, `*.browser.test.ts` drives Chromium, `*.long.test.ts` is for
// `npm run test:long` alone. tools/tidy.test.ts looks at the repository itself and belongs to `npm run check`.
export default defineConfig({
  resolve: source,
  ssr: { resolve: source },
  test: {
    // Two cores run everything, the command's own child processes included.
    maxWorkers: 2,
    testTimeout: 60_000,
    // A hook may start a whole server, on a machine that has much else to do.
    hookTimeout: 180_000,
    // Only `npm run golden:update` writes what tests are compared with.
    update: 'none',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['tools/tidy.test.ts', '**/*.browser.test.ts', '**/*.long.test.ts', ...outside],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['packages/**/*.browser.test.ts'],
          exclude: outside,
          fileParallelism: false,
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: ['packages/**/*.long.test.ts', 'tools/**/*.long.test.ts'],
          exclude: outside,
          fileParallelism: false,
          testTimeout: 30 * 60_000,
        },
      },
      { extends: true, test: { name: 'tidy', include: ['tools/tidy.test.ts'] } },
    ],
  },
})
