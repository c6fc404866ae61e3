import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inFolder } from '../testing/temporary-folder.ts'
import { writeFolder } from './write-folder.ts'

const FILES = [
  { path: 'a.txt', text: 'a' },
  { path: 'deep/er/b.txt', text: 'b' },
]
const NEVER = () => false

test('a folder is made with all its files, and nothing else is left beside it', () =>
  inFolder({}, async (dir) => {
    const target = join(dir, 'not', 'there', 'yet')
    expect(await writeFolder(target, FILES, NEVER)).toEqual({ ok: true, value: undefined })
    expect(readFileSync(join(target, 'deep/er/b.txt'), 'utf8')).toBe('b')
    expect(readdirSync(join(dir, 'not', 'there'))).toEqual(['yet'])
  }))

test('an empty folder is filled; one that holds something is left as it is', () =>
  inFolder({ 'kept/own.txt': 'mine' }, async (dir) => {
    const refused = await writeFolder(join(dir, 'kept'), FILES, NEVER)
    expect(refused).toEqual({ ok: false, problems: [{ code: 'notReplaceable', found: 'own.txt' }] })
    expect(readdirSync(join(dir, 'kept'))).toEqual(['own.txt'])
    expect(readdirSync(dir)).toEqual(['kept'])
  }))

test('what may be replaced is replaced whole', () =>
  inFolder({ 'out/old.txt': 'old' }, async (dir) => {
    const result = await writeFolder(join(dir, 'out'), FILES, (name) => name.endsWith('.txt'))
    expect(result.ok).toBe(true)
    expect(readdirSync(join(dir, 'out')).sort()).toEqual(['a.txt', 'deep'])
    expect(readdirSync(dir)).toEqual(['out'])
  }))

test('where a file cannot be written, nothing is: neither half a folder nor a temporary one', () =>
  inFolder({ 'out/old.txt': 'old', blocked: 'a file' }, async (dir) => {
    const clash = [...FILES, { path: 'a.txt/below', text: 'impossible' }]
    const failedHalfway = await writeFolder(join(dir, 'out'), clash, () => true)
    expect(failedHalfway).toMatchObject({ ok: false, problems: [{ code: 'notWritable' }] })
    expect(readdirSync(join(dir, 'out'))).toEqual(['old.txt'])
    const belowAFile = await writeFolder(join(dir, 'blocked', 'out'), FILES, NEVER)
    expect(belowAFile).toMatchObject({ ok: false, problems: [{ code: 'notWritable' }] })
    expect(readdirSync(dir).sort()).toEqual(['blocked', 'out'])
    expect(existsSync(join(dir, 'out', 'a.txt'))).toBe(false)
  }))
