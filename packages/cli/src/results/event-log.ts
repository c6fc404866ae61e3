import { closeSync, openSync, writeSync } from 'node:fs'
import { constants, crc32, deflateRawSync } from 'node:zlib'
import type { AllocationEvent } from '@offtake/core/allocation/events'
import { type FolderProblem, writeProblem } from '../files/staged-folder.ts'

const CHUNK_CHARACTERS = 1 << 20
// RFC 1952: deflate, no flags, no time of writing, no name of the system, so that the same events make the same bytes.
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
const LAST_BLOCK = Buffer.from([0x03, 0x00])
const TO_A_BYTE = { finishFlush: constants.Z_SYNC_FLUSH }

/**
 * Events as gzipped JSON lines, written as they come: memory holds one chunk, however long the history. A history is played
 * without a pause, so each chunk is compressed and written at once. After a failure nothing more is written; `close` tells it.
 */
export class EventLog {
  #file: number | undefined
  #problem: FolderProblem | undefined
  #lines: string[] = []
  #characters = 0
  #checksum = 0
  #bytes = 0

  constructor(path: string) {
    this.#attempt(() => {
      this.#file = openSync(path, 'w')
      this.#write(HEADER)
    })
  }

  add(event: AllocationEvent): void {
    if (this.#problem) return
    const line = JSON.stringify(event)
    this.#lines.push(line)
    this.#characters += line.length + 1
    if (this.#characters >= CHUNK_CHARACTERS) this.#attempt(() => this.#writeChunk())
  }

  /** Ends the file. Returns what went wrong at any time. */
  close(): FolderProblem | undefined {
    if (!this.#problem) this.#attempt(() => this.#writeEnd())
    const file = this.#file
    this.#file = undefined
    if (file !== undefined) this.#attempt(() => closeSync(file))
    return this.#problem
  }

  #writeEnd(): void {
    this.#writeChunk()
    const trailer = Buffer.alloc(8)
    trailer.writeUInt32LE(this.#checksum, 0)
    trailer.writeUInt32LE(this.#bytes % 2 ** 32, 4)
    this.#write(Buffer.concat([LAST_BLOCK, trailer]))
  }

  /** Each chunk ends on a byte's edge, so that chunks one after the other are one stream. */
  #writeChunk(): void {
    if (this.#lines.length === 0) return
    const chunk = Buffer.from(`${this.#lines.join('\n')}\n`)
    this.#lines = []
    this.#characters = 0
    this.#checksum = crc32(chunk, this.#checksum)
    this.#bytes += chunk.length
    this.#write(deflateRawSync(chunk, TO_A_BYTE))
  }

  #write(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#file ?? -1, bytes, done)
  }

  #attempt(write: () => void): void {
    try {
      write()
    } catch (error) {
      this.#problem ??= writeProblem(error)
    }
  }
}
