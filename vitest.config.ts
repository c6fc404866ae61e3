import { defineConfig } from 'vitest/config'

const source = { conditions: ['offtake-source'] }
const ssr = { resolve: source }

export default defineConfig({
  resolve: source,
  ssr,
  test: {
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['tools/tidy.test.ts', '**/dist/**', '**/node_modules/**'],
        },
      },
      { extends: true, test: { name: 'tidy', include: ['tools/tidy.test.ts'] } },
    ],
  },
})
