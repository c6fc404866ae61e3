import { createHash } from 'node:crypto'

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** What two texts share if they are the same. Also what is kept of a secret: ours have 256 bits of chance, so one round is enough. */
export function digestOf(text: string): string {
  return sha256(text).toString('hex')
}
