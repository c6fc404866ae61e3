import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inFolder } from '../testing/temporary-folder.ts'
import { type StagedFolder, stageFolder } from './staged-folder.ts'

const ANYTHING = () => undefined
const OLD_ONLY = (names: readonly string[]) => names.find((name) => name !== 'old.txt')

test('nothing stands in its place until it is committed, and then all of it', () =>
  inFolder({ 'out/old.txt': 'old' }, async (dir) => {
    const staged = await begun(join(dir, 'out'))
    writeFileSync(join(staged.path, 'new.txt'), 'new')
    expect(readdirSync(join(dir, 'out'))).toEqual(['old.txt'])
    expect(await staged.commit()).toEqual({ ok: true, value: undefined })
    expect(readdirSync(join(dir, 'out'))).toEqual(['new.txt'])
    expect(readdirSync(dir)).toEqual(['out'])
  }))

test('what is discarded leaves no trace', () =>
  inFolder({ 'out/old.txt': 'old' }, async (dir) => {
    const staged = await begun(join(dir, 'out'))
    writeFileSync(join(staged.path, 'new.txt'), 'new')
    await staged.discard()
    expect(readdirSync(join(dir, 'out'))).toEqual(['old.txt'])
    expect(readdirSync(dir)).toEqual(['out'])
  }))

test('something foreign that comes meanwhile is not replaced', () =>
  inFolder({ 'out/old.txt': 'old' }, async (dir) => {
    const staged = await begun(join(dir, 'out'), OLD_ONLY)
    writeFileSync(join(dir, 'out', 'thesis.txt'), 'years of work')
    expect(await staged.commit()).toEqual({
      ok: false,
      problems: [{ code: 'notReplaceable', found: 'thesis.txt' }],
    })
    expect(readdirSync(join(dir, 'out')).sort()).toEqual(['old.txt', 'thesis.txt'])
    expect(readdirSync(dir)).toEqual(['out'])
  }))

test('where the new folder cannot take its place, the earlier one comes back', () =>
  inFolder({ 'out/old.txt': 'old' }, async (dir) => {
    const staged = await begun(join(dir, 'out'))
    rmSync(staged.path, { recursive: true })
    expect(await staged.commit()).toMatchObject({ ok: false, problems: [{ code: 'notWritable' }] })
    expect(readFileSync(join(dir, 'out', 'old.txt'), 'utf8')).toBe('old')
    expect(readdirSync(dir)).toEqual(['out'])
  }))

test("a link's folder is replaced, and the link stays", () =>
  inFolder({ 'real/old.txt': 'old' }, async (dir) => {
    symlinkSync(join(dir, 'real'), join(dir, 'link'))
    const staged = await begun(join(dir, 'link'))
    writeFileSync(join(staged.path, 'new.txt'), 'new')
    await staged.commit()
    expect(readdirSync(join(dir, 'real'))).toEqual(['new.txt'])
    expect(readdirSync(join(dir, 'link'))).toEqual(['new.txt'])
  }))

test('what a killed process has left is removed, and what a living one writes is not', () =>
  inFolder({}, async (dir) => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid
    mkdirSync(join(dir, `.out-${gone}-aBcDeF`))
    mkdirSync(join(dir, `.out-${process.pid}-aBcDeF`))
    mkdirSync(join(dir, '.out-of-my-way'))
    await (await begun(join(dir, 'out'))).commit()
    expect(readdirSync(dir).sort()).toEqual([`.out-${process.pid}-aBcDeF`, '.out-of-my-way', 'out'].sort())
  }))

test('what was there comes back where a process was killed while it gave way', () =>
  inFolder({}, async (dir) => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid
    mkdirSync(join(dir, `.out-${gone}-aBcDeF`, 'old'), { recursive: true })
    writeFileSync(join(dir, `.out-${gone}-aBcDeF`, 'old', 'old.txt'), 'old')
    await (await begun(join(dir, 'out'))).discard()
    expect(readdirSync(dir)).toEqual(['out'])
    expect(readdirSync(join(dir, 'out'))).toEqual(['old.txt'])
  }))

async function begun(dir: string, findForeign = ANYTHING as typeof OLD_ONLY): Promise<StagedFolder> {
  const staged = await stageFolder(dir, findForeign)
  if (!staged.ok) throw new Error('the folder could not be begun')
  return staged.value
}
