import { resolve } from 'node:path'
import { expect } from 'vitest'

const GOLDEN = resolve(import.meta.dirname, '../../../../golden')

/** Holds a whole result to the one that was looked at and kept; `npm run golden:update` keeps another one. */
export async function expectGolden(name: string, value: unknown): Promise<void> {
  const kept = resolve(GOLDEN, `${name}.expected.json`)
  await expect(`${JSON.stringify(value, null, 2)}\n`).toMatchFileSnapshot(kept)
}
