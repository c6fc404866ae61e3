import { z } from 'zod'
import { textOnly } from './text-value.ts'

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._+&()-]*$/u
const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._-]*$/
const MOST_CHARACTERS = 200

/** What other files and commands call a thing by: letters, digits, dot, dash and underscore. */
export const identifier = textOnly<string>(
  {
    expected: 'an id such as aws-2025',
    pattern: IDENTIFIER.source,
    examples: ['aws-2025'],
  },
  (raw) =>
    raw.length <= MOST_CHARACTERS && IDENTIFIER.test(raw)
      ? raw
      : {
          code: 'badIdentifier',
          message: `'${raw.slice(0, 40)}' is no id: an id has letters, digits, '.', '-' and '_' alone`,
        },
)

/** A part of a pool's name, such as a provider or a region: no slash, since slashes separate the parts. */
export const poolPart = textOnly<string>(
  { expected: 'a name without a slash', pattern: '^[^/]+$', examples: ['aws', 'us-east'] },
  (raw) =>
    raw.length <= MOST_CHARACTERS && NAME.test(raw)
      ? raw
      : {
          code: 'badIdentifier',
          message: `'${raw.slice(0, 40)}' is no name: a name has no slash or comma`,
        },
)

/** Text for people to read. */
export const words = z.string({ error: 'must be text' }).min(1, { error: 'must not be empty' })
