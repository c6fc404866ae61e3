import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { failed, ok, type Result } from '@offtake/core/base/result'
import type { TraceProblem } from './trace-problem.ts'

/** An open trace: its text, unpacked, of which the first bytes were looked at. */
export interface TraceSource {
  readonly file: string
  readonly text: Readable
  /** The first character that is no blank. */
  readonly firstCharacter: string
}

const CHUNK_BYTES = 1 << 18

/** Opens a trace; whether it is gzipped is told by its content, not by its name. */
export async function openTrace(file: string): Promise<Result<TraceSource, TraceProblem>> {
  const raw = createReadStream(file, { highWaterMark: CHUNK_BYTES })
  try {
    const isGzip = startsLikeGzip(await peek(raw))
    const text = isGzip ? pipeline(raw, createGunzip({ chunkSize: CHUNK_BYTES }), ignore) : raw
    const head = await peek(text)
    if (head.length > 0 && !looksBinary(head)) return ok({ file, text, firstCharacter: firstOf(head) })
    raw.destroy()
    return failed(head.length === 0 ? { code: 'emptyFile', file } : { code: 'notText', file, line: 1 })
  } catch (error) {
    raw.destroy()
    return failed(problemOf(error, file, 0))
  }
}

/** Errors of a pipeline also reach whoever reads its last stream. */
function ignore(): void {}

/** The first chunk, put back; empty where there is none. */
async function peek(stream: Readable): Promise<Buffer> {
  await hasReadableOrEnded(stream)
  const chunk: Buffer | null = stream.read()
  if (chunk === null) return Buffer.alloc(0)
  stream.unshift(chunk)
  return chunk
}

function hasReadableOrEnded(stream: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('readable', resolve).once('end', resolve).once('error', reject)
  })
}

function firstOf(head: Buffer): string {
  return head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
    .slice(0, 1)
}

function startsLikeGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b
}

const LOOK_BYTES = 4096
const LONGEST_CHARACTER_BYTES = 4

/** A zero byte or no UTF-8 within the first few thousand bytes, of which the last character may be cut. */
function looksBinary(head: Buffer): boolean {
  const look = head.subarray(0, LOOK_BYTES)
  if (look.includes(0)) return true
  const cuts = Array.from({ length: LONGEST_CHARACTER_BYTES }, (_, cut) =>
    look.subarray(0, look.length - cut),
  )
  return !cuts.some((part) => isUtf8(part))
}

/** What a failed stream means: a damaged archive, a table that cannot be read on, or a file that cannot be read. */
export function problemOf(error: unknown, file: string, line: number): TraceProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('Z_')) return { code: 'brokenGzip', file, line, reason: code }
  if (code.startsWith('CSV_')) return { code: 'brokenTable', file, line, reason: code }
  return { code: 'unreadableFile', file, reason: code || String(error) }
}
