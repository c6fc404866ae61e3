import { closeSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inFolder } from '../../testing/temporary-folder.ts'
import { ChunkWriter } from './chunk-writer.ts'

test('what the file system says to the other thread is told at the end, however much was given after it', () =>
  inFolder({}, async (dir) => {
    const path = join(dir, 'read-only')
    writeFileSync(path, '')
    const file = openSync(path, 'r')
    const writer = new ChunkWriter(file)
    for (let chunk = 0; chunk < 40; chunk++) writer.write(new Uint8Array(1_000))
    expect(writer.finish()).toMatchObject({ because: expect.stringContaining('EBADF') })
    closeSync(file)
  }))
