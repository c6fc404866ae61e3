import type { AgreementDocument } from '@offtake/core/agreements/agreement'
import { z } from 'zod'
import { date } from './date.ts'
import { words } from './identifier.ts'
import { textOnly } from './text-value.ts'

const DIGEST = /^[0-9a-f]{64}$/i
const LINK = /^https?:\/\/\S+$/i
const MOST_CHARACTERS = 2_000

const sha256 = textOnly<string>(
  { expected: 'a SHA-256 of 64 hexadecimal digits', pattern: '^[0-9A-Fa-f]{64}$', examples: ['e3b0c442…'] },
  (raw) =>
    DIGEST.test(raw)
      ? raw.toLowerCase()
      : {
          code: 'wrongType',
          message: `must be a SHA-256 of 64 hexadecimal digits, not '${raw.slice(0, 70)}'`,
        },
)

/** Of the web alone: whoever reads it clicks on it. */
const link = textOnly<string>(
  {
    expected: 'a link that begins with https:// or http://',
    pattern: '^https?://\\S+$',
    examples: ['https://files.lab/a.pdf'],
  },
  (raw) =>
    raw.length <= MOST_CHARACTERS && LINK.test(raw) && URL.canParse(raw)
      ? raw
      : {
          code: 'wrongType',
          message: `must be a link that begins with https:// or http://, not '${raw.slice(0, 60)}'`,
        },
)

/** A document that says what the file says: where it is, and by what it is known to be that one. */
export const agreementDocument: z.ZodType<AgreementDocument> = z.strictObject({
  name: words.describe('what people call it'),
  dated: date.exactOptional().describe('the day that it bears'),
  sha256: sha256.exactOptional().describe('the SHA-256 of its file, by which a copy is known to be the same'),
  link: link.exactOptional().describe('where it is kept'),
})
