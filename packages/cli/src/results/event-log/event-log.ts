import { closeSync, openSync, writeSync } from 'node:fs'
import type { AllocationEvent } from '@offtake/core/allocation/events'
import { type FolderProblem, writeProblem } from '../../files/staged-folder.ts'
import { ChunkWriter } from './chunk-writer.ts'
import { writeEvent } from './event-bytes.ts'
import { JsonBytes } from './json-bytes.ts'

const CHUNK_BYTES = 1 << 20
// RFC 1952: deflate, no flags, no time of writing, no name of the system, so that the same events make the same bytes.
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
const LAST_BLOCK = Buffer.from([0x03, 0x00])

/**
 * Events as gzipped JSON lines, written as they come: memory holds a few chunks, however long the history. A thread of its own
 * compresses them, while the history goes on. After a failure nothing more is written; `close` tells it.
 */
export class EventLog {
  readonly #lines = new JsonBytes()
  #file: number | undefined
  #writer: ChunkWriter | undefined
  #problem: FolderProblem | undefined
  #bytes = 0

  constructor(path: string) {
    this.#attempt(() => {
      this.#file = openSync(path, 'w')
      this.#write(HEADER)
      this.#writer = new ChunkWriter(this.#file)
    })
  }

  add(event: AllocationEvent): void {
    if (this.#problem) return
    writeEvent(event, this.#lines)
    this.#lines.ascii('\n')
    if (this.#lines.size >= CHUNK_BYTES) this.#handOver()
  }

  /** Ends the file. Returns what went wrong at any time. */
  close(): FolderProblem | undefined {
    if (this.#writer) this.#end(this.#writer)
    const file = this.#file
    this.#file = undefined
    this.#writer = undefined
    if (file !== undefined) this.#attempt(() => closeSync(file))
    return this.#problem
  }

  #handOver(): void {
    this.#bytes += this.#lines.size
    this.#writer?.write(this.#lines.take())
  }

  #end(writer: ChunkWriter): void {
    if (this.#lines.size > 0) this.#handOver()
    const written = writer.finish()
    if ('because' in written) this.#problem ??= { code: 'notWritable', because: written.because }
    else this.#attempt(() => this.#write(Buffer.concat([LAST_BLOCK, this.#trailer(written.checksum)])))
  }

  #trailer(checksum: number): Buffer {
    const trailer = Buffer.alloc(8)
    trailer.writeUInt32LE(checksum, 0)
    trailer.writeUInt32LE(this.#bytes % 2 ** 32, 4)
    return trailer
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
