/**
 * Seeded chance: the same seed gives the same numbers on every machine.
 * Generator: sfc32 (Chris Doty-Humphrey's Small Fast Counting generator), seeded by a 32-bit FNV-1a hash of the text.
 */
export interface Prng {
  /** Uniform in [0, 1), with 32 bits. */
  next(): number
  /** Uniform whole number in [0, below). */
  below(below: number): number
  /** An independent generator: the same name gives the same one, whatever was drawn before. */
  fork(name: string): Prng
}

export function prng(seed: string | number): Prng {
  const text = String(seed)
  let a = fnv1a(`${text}/a`)
  let b = fnv1a(`${text}/b`)
  let c = fnv1a(`${text}/c`)
  let counter = 1
  const next32 = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (let warmUp = 0; warmUp < 16; warmUp++) next32()
  const next = (): number => next32() / 4_294_967_296
  return {
    next,
    below: (below) => Math.floor(next() * below),
    fork: (name) => prng(`${text}/${name}`),
  }
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  return hash | 0
}
