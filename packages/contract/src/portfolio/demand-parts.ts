import { type AcceptedHardware, ANYWHERE, type TopologyNeed } from '@offtake/core/demand/gang'
import { z } from 'zod'
import { choice, yesOrNo } from './choice.ts'
import { poolPart } from './identifier.ts'
import { quantity } from './number.ts'
import { plainFigure } from './plain-figure.ts'

const hardwareWithSpeed = z.strictObject({
  hardware: poolPart.describe('the id of the hardware'),
  speed: plainFigure(quantity({ from: 0.001, to: 1000 }))
    .default(1)
    .describe('speed relative to the hardware that durations are stated for: 2 halves them'),
})

/** Hardware that work can run on, in the order of its liking: names, or names with their relative speed. */
export const accepts: z.ZodType<AcceptedHardware[]> = z
  .array(
    z
      .union([poolPart, hardwareWithSpeed])
      .transform((said) => (typeof said === 'string' ? { hardware: said, speed: 1 } : said)),
  )
  .describe('hardware that it can run on, in the order of its liking')

const level = choice(['node', 'domain', 'block', 'pool'])

/** How close together members must sit: a level, or a level that is only preferred. */
export const within = z
  .union([
    level,
    z.strictObject({
      level,
      required: yesOrNo.default(true).describe('false where it is only preferred'),
    }),
  ])
  .transform((said): TopologyNeed => (typeof said === 'string' ? { level: said, required: true } : said))
  .default(ANYWHERE)
  .describe('how close together its members must sit; anywhere in one pool by default')
