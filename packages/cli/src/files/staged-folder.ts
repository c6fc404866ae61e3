import { mkdir, mkdtemp, readdir, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { failed, ok, type Result } from '@offtake/core/base/result'

export type FolderProblem =
  /** The folder holds `found`, which is not ours to replace. */
  | { readonly code: 'notReplaceable'; readonly found: string }
  | { readonly code: 'notWritable'; readonly because: string }

/** Says which of the names in a folder is not ours to replace; nothing where all of them are. */
export type FindForeign = (names: readonly string[]) => string | undefined

/** A folder that is being written beside the place that it will take. */
export interface StagedFolder {
  /** Where to write for now. */
  readonly path: string
  /** Gives the folder its name, in place of an earlier one; where that fails, the earlier one stays. */
  commit(): Promise<Result<undefined, FolderProblem>>
  /** Removes all that was written. */
  discard(): Promise<void>
}

/** Begins a folder that will be there whole or not at all. One that is there already must be ours to replace. */
export async function stageFolder(
  dir: string,
  findForeign: FindForeign,
): Promise<Result<StagedFolder, FolderProblem>> {
  let temporary: string | undefined
  try {
    const target = await realPlace(resolve(dir))
    const found = findForeign((await namesIn(target)) ?? [])
    if (found !== undefined) return failed({ code: 'notReplaceable', found })
    const parent = dirname(target)
    await mkdir(parent, { recursive: true })
    await removeLeftovers(parent, basename(target))
    temporary = await mkdtemp(join(parent, `.${basename(target)}-${process.pid}-`))
    const path = join(temporary, 'new')
    await mkdir(path)
    return ok(stagedIn(temporary, { target, findForeign }))
  } catch (error) {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true })
    return failed(writeProblem(error))
  }
}

function stagedIn(
  temporary: string,
  { target, findForeign }: { readonly target: string; readonly findForeign: FindForeign },
): StagedFolder {
  const path = join(temporary, 'new')
  const discard = (): Promise<void> => rm(temporary, { recursive: true, force: true })
  const commit = async (): Promise<Result<undefined, FolderProblem>> => {
    try {
      const present = await namesIn(target)
      const found = findForeign(present ?? [])
      if (found !== undefined) return failed({ code: 'notReplaceable', found })
      if (present) await replace(target, path, join(temporary, 'old'))
      else await rename(path, target)
      return ok(undefined)
    } catch (error) {
      return failed(writeProblem(error))
    } finally {
      await discard()
    }
  }
  return { path, commit, discard }
}

/** What the file system said; anything else is our own fault and goes on. */
export function writeProblem(error: unknown): FolderProblem {
  if (!(error instanceof Error && 'code' in error)) throw error
  return { code: 'notWritable', because: error.message }
}

export function folderProblemText(dir: string, problem: FolderProblem): string {
  switch (problem.code) {
    case 'notReplaceable':
      return `${dir} already holds ${problem.found}: nothing was written`
    case 'notWritable':
      return `${dir} cannot be written: ${problem.because}`
  }
}

/** No file system exchanges two folders in one step by itself, so the earlier one steps aside and comes back where its successor fails. */
async function replace(target: string, fresh: string, aside: string): Promise<void> {
  await rename(target, aside)
  try {
    await rename(fresh, target)
  } catch (error) {
    await rename(aside, target)
    throw error
  }
}

/** A link's folder is replaced, not the link. */
async function realPlace(path: string): Promise<string> {
  return (await unlessAbsent(realpath(path))) ?? path
}

async function namesIn(dir: string): Promise<string[] | undefined> {
  return unlessAbsent(readdir(dir))
}

async function unlessAbsent<Value>(found: Promise<Value>): Promise<Value | undefined> {
  try {
    return await found
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * What processes that were killed have left: folders that name a process which is gone. One that was killed while the earlier
 * folder had stepped aside gives it back.
 */
async function removeLeftovers(parent: string, name: string): Promise<void> {
  const prefix = `.${name}-`
  const target = join(parent, name)
  for (const found of await readdir(parent)) {
    const pid = found.startsWith(prefix) ? /^(\d+)-.{6}$/.exec(found.slice(prefix.length))?.[1] : undefined
    if (pid === undefined || isAlive(Number(pid))) continue
    const left = join(parent, found)
    if ((await namesIn(target)) === undefined) await unlessAbsent(rename(join(left, 'old'), target))
    await rm(left, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}
