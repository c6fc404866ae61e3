import { type AcceptedHardware, ANYWHERE, type TopologyNeed } from '@offtake/core/demand/gang'
import { z } from 'zod'
import { choice, yesOrNo } from './choice.ts'
import { poolPart } from './identifier.ts'
import { quantity } from './number.ts'
import { plainFigure } from './plain-figure.ts'

/** Hardware that work can run on, in the order of its liking: names, or names with their relative speed. */
export function accepts(): z.ZodType<AcceptedHardware[]> {
  const withSpeed = z.strictObject({
    hardware: poolPart(),
    speed: plainFigure(quantity({ from: 0.001, to: 1000 })).default(1),
  })
  return z.array(
    z
      .union([poolPart(), withSpeed])
      .transform((said) => (typeof said === 'string' ? { hardware: said, speed: 1 } : said)),
  )
}

/** How close together members must sit: a level, or a level that is only preferred. */
export function within() {
  const level = choice(['node', 'domain', 'block', 'pool'])
  const need = z.strictObject({ level, required: yesOrNo().default(true) })
  return z
    .union([level, need])
    .transform((said): TopologyNeed => (typeof said === 'string' ? { level: said, required: true } : said))
    .default(ANYWHERE)
}
