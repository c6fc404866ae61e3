import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { failed, ok, type Result } from '@offtake/core/base/result'

/** A file to be written, by its path within the folder. */
export interface NewFile {
  readonly path: string
  readonly text: string
}

export type FolderProblem =
  /** The folder holds `found`, which is not ours to replace. */
  | { readonly code: 'notReplaceable'; readonly found: string }
  | { readonly code: 'notWritable'; readonly because: string }

/**
 * Writes a folder whole or not at all: everything goes to a temporary folder beside it, which then takes its name. A folder that
 * is there already is replaced only where `mayReplace` says so of every name in it.
 */
export async function writeFolder(
  dir: string,
  files: readonly NewFile[],
  mayReplace: (name: string) => boolean,
): Promise<Result<undefined, FolderProblem>> {
  const target = resolve(dir)
  let temporary: string | undefined
  try {
    const present = await namesIn(target)
    const found = present?.find((name) => !mayReplace(name))
    if (found !== undefined) return failed({ code: 'notReplaceable', found })
    await mkdir(dirname(target), { recursive: true })
    temporary = await mkdtemp(join(dirname(target), `.${basename(target)}-`))
    const fresh = join(temporary, 'new')
    for (const { path, text } of files) {
      await mkdir(dirname(join(fresh, path)), { recursive: true })
      await writeFile(join(fresh, path), text)
    }
    if (present) await rename(target, join(temporary, 'old'))
    await rename(fresh, target)
    return ok(undefined)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return failed({ code: 'notWritable', because: error.message })
  } finally {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true })
  }
}

export function folderProblemText(dir: string, problem: FolderProblem): string {
  switch (problem.code) {
    case 'notReplaceable':
      return `${dir} already holds ${problem.found}: nothing was written`
    case 'notWritable':
      return `${dir} cannot be written: ${problem.because}`
  }
}

async function namesIn(dir: string): Promise<string[] | undefined> {
  try {
    return await readdir(dir)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
