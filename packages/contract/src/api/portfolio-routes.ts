import { z } from 'zod'
import { LARGEST_TABLE, MIB, MOST_FILES } from '../portfolio/limits.ts'
import { asked } from './approval-routes.ts'
import { READERS } from './role.ts'
import { route } from './route.ts'

const path = z.string().min(1).max(500)

const portfolioView = z.object({
  version: z.int().describe('counted up by every change; 0 where there is no portfolio yet'),
  digest: z.string().describe('of all files: two portfolios with the same digest are the same'),
  files: z.array(
    z.object({ path, version: z.int().describe('in which it became as it is'), text: z.string() }),
  ),
})

const fileChange = z.object({ path, change: z.enum(['added', 'changed', 'removed']) })

export type FileChange = z.output<typeof fileChange>

export const showPortfolio = route({
  id: 'showPortfolio',
  method: 'GET',
  path: '/v1/portfolio',
  about: "The portfolio's files, byte for byte. The ETag is that of all of them together.",
  may: READERS,
  answer: portfolioView,
})

export const replacePortfolio = route({
  id: 'replacePortfolio',
  method: 'PUT',
  path: '/v1/portfolio',
  about:
    'Replaces all files, where they hold together; machines, tenants and terms follow. What is not named is removed.',
  may: ['planner'],
  body: z.strictObject({
    files: z
      .array(z.strictObject({ path, text: z.string().max(LARGEST_TABLE) }))
      .min(1)
      .max(MOST_FILES)
      .refine((files) => new Set(files.map((file) => file.path)).size === files.length, {
        error: 'a file is named twice',
      }),
  }),
  bodyBytes: 64 * MIB,
  answer: z.union([z.object({ version: z.int(), changes: z.array(fileChange) }), asked]),
  needsMatch: true,
})
