import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../../../..')
const SAID = process.env.OFFTAKE_DATA
const FOLDER = resolve(ROOT, SAID ?? '../shared/data')

/**
 * A test on a file of the real data. Without the data it is skipped and says so;
 * where OFFTAKE_DATA is set, a missing file is a failure.
 */
export function testOnRealData(name: string, file: string, body: (path: string) => Promise<void>): void {
  const path = resolve(FOLDER, file)
  if (existsSync(path)) test(name, () => body(path))
  else if (SAID !== undefined) test(name, () => expect.fail(`OFFTAKE_DATA is set, but ${path} is missing`))
  else test.skip(`${name} (skipped: no ${path}; set OFFTAKE_DATA)`, () => {})
}
