import { chmodSync, closeSync, ftruncateSync, mkdirSync, openSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inFolder } from '../testing/temporary-folder.ts'
import { readPortfolioFolder } from './portfolio-folder.ts'

async function problemsIn(dir: string): Promise<string[]> {
  const { problems } = await readPortfolioFolder(dir)
  return problems.map(({ file, line, code }) => `${file}:${line} ${code}`)
}

test('the files of a portfolio are found in order of name, whatever else lies in the folder', () =>
  inFolder(
    {
      'offtake.yaml': 'name: x',
      'agreements/b.yaml': 'id: b',
      'agreements/cloud/a.yaml': 'id: a',
      'agreements/.hidden.yaml': 'id: no',
      'agreements/notes.md': 'no',
      'prices/list.csv': '# a comment\nseries,from\n\na,"b\nc"\n',
      'README.md': 'no',
      'results/run.yaml': 'no',
    },
    async (dir) => {
      const { files, problems } = await readPortfolioFolder(dir)
      expect(problems).toEqual([])
      expect(files.texts.map(({ file }) => file)).toEqual([
        'agreements/b.yaml',
        'agreements/cloud/a.yaml',
        'offtake.yaml',
      ])
      expect(files.tables).toEqual([
        {
          file: 'prices/list.csv',
          rows: [
            { line: 2, cells: ['series', 'from'] },
            { line: 5, cells: ['a', 'b\nc'] },
          ],
        },
      ])
    },
  ))

test('a folder that is not there, or is a file, is a problem', () =>
  inFolder({ file: '' }, async (dir) => {
    expect(await problemsIn(join(dir, 'nowhere'))).toEqual([':1 noFolder'])
    expect(await problemsIn(join(dir, 'file'))).toEqual([':1 noFolder'])
  }))

test('files in the wrong place are problems', () =>
  inFolder(
    {
      'offtake.yml': '',
      'agreement/a.yaml': '',
      'agreements/a.yml': '',
      'prices/p.yaml': '',
      'fleet/f.csv': '',
    },
    async (dir) => {
      expect(await problemsIn(dir)).toEqual([
        'agreement:1 unexpectedFile',
        'agreements/a.yml:1 unexpectedFile',
        'fleet/f.csv:1 unexpectedFile',
        'offtake.yml:1 unexpectedFile',
        'prices/p.yaml:1 unexpectedFile',
      ])
    },
  ))

test('links that lead round in circles or nowhere are problems', () =>
  inFolder({ 'agreements/a.yaml': 'id: a' }, async (dir) => {
    symlinkSync('..', join(dir, 'agreements', 'back'))
    symlinkSync('self.yaml', join(dir, 'agreements', 'self.yaml'))
    symlinkSync('gone.yaml', join(dir, 'agreements', 'lost.yaml'))
    symlinkSync('agreements', join(dir, 'quotes'))
    expect(await problemsIn(dir)).toEqual([
      'agreements/back:1 linkLoop',
      'agreements/lost.yaml:1 linkLoop',
      'agreements/self.yaml:1 linkLoop',
      'quotes:1 linkLoop',
    ])
  }))

test('a folder or a device in place of a file is a problem', () =>
  inFolder({ 'offtake.yaml/x': '' }, async (dir) => {
    mkdirSync(join(dir, 'fleet'))
    symlinkSync('/dev/zero', join(dir, 'fleet', 'endless.yaml'))
    expect(await problemsIn(dir)).toEqual(['fleet/endless.yaml:1 notAFile', 'offtake.yaml:1 notAFile'])
  }))

test('a file of 100 MB is a problem, and is not read', () =>
  inFolder({ 'offtake.yaml': '', 'prices/p.csv': '' }, async (dir) => {
    for (const name of ['offtake.yaml', 'prices/p.csv']) {
      const file = openSync(join(dir, name), 'r+')
      ftruncateSync(file, 100_000_000)
      closeSync(file)
    }
    const before = process.memoryUsage().arrayBuffers
    expect(await problemsIn(dir)).toEqual(['offtake.yaml:1 fileTooLarge', 'prices/p.csv:1 fileTooLarge'])
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000)
  }))

test('noise is a problem with the line of the first byte that is no text', () =>
  inFolder(
    {
      'offtake.yaml': Buffer.from([0x61, 0x0a, 0x62, 0x0a, 0xff, 0xfe]),
      'agreements/zero.yaml': 'id: a\n\u0000',
      'agreements/bom.yaml': '\uFEFFid: a',
      'prices/p.csv': 'a,"b\nc,d\n',
    },
    async (dir) => {
      expect(await problemsIn(dir)).toEqual([
        'agreements/zero.yaml:2 notText',
        'offtake.yaml:3 notText',
        'prices/p.csv:2 brokenTable',
      ])
      const { files } = await readPortfolioFolder(dir)
      expect(files.texts).toEqual([{ file: 'agreements/bom.yaml', text: 'id: a' }])
      expect(files.unread).toContain('offtake.yaml')
    },
  ))

test.skipIf(process.getuid?.() === 0)(
  'what may not be read is a problem (skipped for root, who may read all)',
  () =>
    inFolder({ 'offtake.yaml': '', 'agreements/a.yaml': '' }, async (dir) => {
      chmodSync(join(dir, 'offtake.yaml'), 0)
      chmodSync(join(dir, 'agreements'), 0)
      expect(await problemsIn(dir)).toEqual(['agreements:1 noPermission', 'offtake.yaml:1 noPermission'])
      chmodSync(join(dir, 'agreements'), 0o700)
    }),
)
