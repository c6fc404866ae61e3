import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prng } from './prng.ts'

const WORD = 2n ** 32n

function hash(text: string): bigint {
  let value = 0x811c9dc5n
  for (const unit of text.split('')) value = ((value ^ BigInt(unit.charCodeAt(0))) * 0x01000193n) % WORD
  return value
}

/** The published generator in arithmetic on whole numbers of any size. */
function* sfc32(seed: string): Generator<number> {
  let [a, b, c, counter] = [hash(`${seed}/a`), hash(`${seed}/b`), hash(`${seed}/c`), 1n]
  for (let drawn = 0; ; drawn++) {
    const sum = (a + b + counter) % WORD
    counter = (counter + 1n) % WORD
    a = b ^ (b >> 9n)
    b = (c + (c << 3n)) % WORD
    c = (((c << 21n) % WORD) + (c >> 11n) + sum) % WORD
    if (drawn >= 16) yield Number(sum) / 2 ** 32
  }
}

function draw(seed: string | number, count: number): number[] {
  const chance = prng(seed)
  return Array.from({ length: count }, () => chance.next())
}

describe('prng', () => {
  it('is the published generator', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const expected = sfc32(seed)
        for (const value of draw(seed, 40)) expect(value).toBe(expected.next().value)
      }),
    )
  })

  it('repeats itself for the same seed and differs for another', () => {
    expect(draw('seed', 20)).toEqual(draw('seed', 20))
    expect(draw(7, 20)).toEqual(draw('7', 20))
    expect(draw('seed', 20)).not.toEqual(draw('seeds', 20))
  })

  it('fills every tenth alike: chi-squared over 100,000 draws below its 99.9 % value for 9 degrees', () => {
    const counts = Array.from({ length: 10 }, () => 0)
    const chance = prng('chi-squared')
    for (let i = 0; i < 100_000; i++) {
      const tenth = chance.below(10)
      counts[tenth] = (counts[tenth] ?? 0) + 1
    }
    const chi = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    expect(chi).toBeLessThan(27.88)
  })

  it('draws whole numbers below a bound, and every one of them', () => {
    const chance = prng('bound')
    const seen = new Set(Array.from({ length: 500 }, () => chance.below(7)))
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  it('forks by name, whatever was drawn before', () => {
    const fresh = prng('root').fork('jobs')
    const used = prng('root')
    for (let i = 0; i < 100; i++) used.next()
    expect(used.fork('jobs').next()).toBe(fresh.next())
    expect(used.fork('jobs').next()).not.toBe(used.fork('faults').next())
  })

  it('draws forks that do not resemble each other', () => {
    const [a, b] = [prng('root').fork('a'), prng('root').fork('b')]
    const pairs = Array.from({ length: 20_000 }, () => [a.next() - 0.5, b.next() - 0.5] as const)
    const correlation = pairs.reduce((sum, [x, y]) => sum + x * y, 0) / pairs.length / (1 / 12)
    expect(Math.abs(correlation)).toBeLessThan(0.03)
  })
})
