import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isAlive, startedAt } from '@offtake/adapters/local/client'

/** Another process has the folder open. */
class FolderInUse extends Error {
  override readonly name = 'FolderInUse'
}

/**
 * Keeps a folder for this process: two PGlites on one folder would each destroy what the other writes. Returns what lets go of it;
 * one whose process is dead counts for nothing.
 */
export function lockFolder(folder: string): () => void {
  const file = `${folder}.lock`
  mkdirSync(dirname(file), { recursive: true })
  const own = `${process.pid} ${startedAt(process.pid) ?? ''}`
  for (;;) {
    try {
      writeFileSync(file, own, { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const [pid = '', ...started] = readLock(file).split(' ')
    // A process that got the same number later started later.
    if (isAlive(Number(pid)) && startedAt(Number(pid)) === started.join(' '))
      throw new FolderInUse(`process ${pid} has ${folder} open`)
    rmSync(file, { force: true })
  }
}

function readLock(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
