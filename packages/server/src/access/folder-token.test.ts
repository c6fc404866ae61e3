import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { folderToken } from './folder-token.ts'

let folder: string

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'offtake-token-')), 'data')
})

afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

test('a folder has one token, whoever asks first, for its owner alone', async () => {
  const asked = await Promise.all([folderToken(folder), folderToken(folder).catch(() => undefined)])
  const token = await folderToken(folder)
  expect(token).toMatch(/^[\w-]{32}$/)
  expect(asked.filter((one) => one !== undefined && one !== token)).toEqual([])
  expect(readdirSync(folder)).toEqual(['token'])
  expect(statSync(join(folder, 'token')).mode & 0o777).toBe(0o600)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

test('an empty file is no token that lets anybody in', async () => {
  await folderToken(folder)
  writeFileSync(join(folder, 'token'), '\n')
  await expect(folderToken(folder)).rejects.toThrow(/is empty/)
})
