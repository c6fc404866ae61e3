import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { failed, type Result } from '@offtake/core/base/result'
import { type FolderProblem, stageFolder, writeProblem } from './staged-folder.ts'

/** A file to be written, by its path within the folder. */
export interface NewFile {
  readonly path: string
  readonly text: string
}

/**
 * Writes a folder whole or not at all. A folder that is there already is replaced only where `mayReplace` says so of every
 * name in it.
 */
export async function writeFolder(
  dir: string,
  files: readonly NewFile[],
  mayReplace: (name: string) => boolean,
): Promise<Result<undefined, FolderProblem>> {
  const staged = await stageFolder(dir, (names) => names.find((name) => !mayReplace(name)))
  if (!staged.ok) return staged
  try {
    await writeFiles(staged.value.path, files)
  } catch (error) {
    await staged.value.discard()
    return failed(writeProblem(error))
  }
  return staged.value.commit()
}

/** Writes the files into a folder that is there. */
export async function writeFiles(folder: string, files: Iterable<NewFile>): Promise<void> {
  for (const { path, text } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}
