import { isUtf8 } from 'node:buffer'
import { open, stat } from 'node:fs/promises'
import { LARGEST_TABLE, LARGEST_YAML, MIB } from '@offtake/contract/portfolio/limits'
import { type PlacedProblem, problemIn } from '@offtake/contract/problems'
import { failed, ok, type Result } from '@offtake/core/base/result'

const NEWLINE = 0x0a

/** Reads a whole text file, never more of it than a portfolio may hold; `name` is what problems call it. */
export async function readTextFile(path: string, name: string): Promise<Result<string, PlacedProblem>> {
  const most = name.endsWith('.csv') ? LARGEST_TABLE : LARGEST_YAML
  try {
    const { size, ...kind } = await describe(path)
    if (!kind.isFile) return failed(problemIn(name, 'notAFile', 'this is no regular file'))
    if (size > most) return failed(tooLarge(name, most))
    const bytes = await readBytes(path, most + 1)
    return bytes.length > most ? failed(tooLarge(name, most)) : decode(bytes, name)
  } catch (error) {
    return failed(fileProblem(error, name))
  }
}

/** What the file system said, as a problem; anything that is not its answer is thrown on. */
export function fileProblem(error: unknown, name: string): PlacedProblem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return problemIn(name, 'noPermission', 'this may not be read')
    case 'ELOOP':
      return problemIn(name, 'linkLoop', 'this symbolic link leads back to itself')
    case 'ENOENT':
      return problemIn(name, 'linkLoop', 'this symbolic link leads nowhere')
    case 'ENOTDIR':
      return problemIn(name, 'noFolder', 'this is no folder')
    case 'EISDIR':
    case 'ENXIO':
    case 'ENAMETOOLONG':
    case 'EIO':
      return problemIn(name, 'notAFile', `this cannot be read (${code})`)
    default:
      throw error
  }
}

function tooLarge(name: string, most: number): PlacedProblem {
  return problemIn(name, 'fileTooLarge', `larger than ${most / MIB} MiB`)
}

async function describe(path: string): Promise<{ size: number; isFile: boolean }> {
  const found = await stat(path)
  return { size: found.size, isFile: found.isFile() }
}

async function readBytes(path: string, most: number): Promise<Buffer> {
  const handle = await open(path, 'r')
  try {
    const chunks: Buffer[] = []
    for (let length = 0; length < most; ) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(65_536, most - length)))
      if (bytesRead === 0) break
      chunks.push(buffer.subarray(0, bytesRead))
      length += bytesRead
    }
    return Buffer.concat(chunks)
  } finally {
    await handle.close()
  }
}

function decode(bytes: Buffer, name: string): Result<string, PlacedProblem> {
  const zero = bytes.indexOf(0)
  if (zero < 0 && isUtf8(bytes)) return ok(bytes.toString('utf8').replace(/^\uFEFF/, ''))
  const line = zero >= 0 ? lineOf(bytes, zero) : firstBadLine(bytes)
  return failed(problemIn(name, 'notText', 'this is not UTF-8 text', line))
}

function lineOf(bytes: Buffer, offset: number): number {
  let line = 1
  for (let at = bytes.indexOf(NEWLINE); at >= 0 && at < offset; at = bytes.indexOf(NEWLINE, at + 1)) line++
  return line
}

function firstBadLine(bytes: Buffer): number {
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(NEWLINE, start)
    const until = end < 0 ? bytes.length : end
    if (!isUtf8(bytes.subarray(start, until))) return line
    start = until + 1
  }
  return 1
}
