import { createHash } from 'node:crypto'

/** What is kept of a secret. Ours have 256 bits of chance, so that one round is enough. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
