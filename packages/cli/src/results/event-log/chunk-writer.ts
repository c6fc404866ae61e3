import { Worker } from 'node:worker_threads'
import { constants } from 'node:zlib'
import { assert } from '@offtake/core/base/assert'

/** Chunks that may be under way: enough to even out, too few to fill the memory. */
const UNDER_WAY_MAX = 16
/** A thread that has not done a chunk for so long has stopped. */
const PATIENCE_MS = 120_000
const SAID_MAX = 1_000
/** What `progress` counts, as `compress-chunks.mjs` has it. */
const [DONE, CHECKSUM, SAID] = [0, 1, 2]
/** Each chunk ends on a byte's edge, so that chunks one after the other are one stream. */
const OPTIONS = { finishFlush: constants.Z_SYNC_FLUSH, level: 4 }

/** Compresses chunks and appends them to a file beside the thread that makes them, which never pauses and so hears no messages. */
export class ChunkWriter {
  readonly #progress = new Int32Array(new SharedArrayBuffer(12))
  readonly #said = new Uint8Array(new SharedArrayBuffer(SAID_MAX))
  readonly #thread: Worker
  #given = 0

  constructor(file: number) {
    this.#thread = new Worker(new URL('../../../bin/compress-chunks.mjs', import.meta.url), {
      workerData: { file, options: OPTIONS, progress: this.#progress, said: this.#said },
      execArgv: [],
    })
    this.#thread.unref()
  }

  /** Hands over a chunk, whose memory is no longer the caller's; waits while too many are under way. */
  write(chunk: Uint8Array<ArrayBuffer>): void {
    this.#thread.postMessage(chunk, [chunk.buffer])
    this.#given += 1
    this.#waitFor(this.#given - UNDER_WAY_MAX)
  }

  /** Waits until all is written. Returns the checksum of what was given, or what the file system said. */
  finish(): { readonly checksum: number } | { readonly because: string } {
    this.#waitFor(this.#given)
    void this.#thread.terminate()
    const length = this.#progress[SAID] as number
    if (length > 0) return { because: Buffer.from(this.#said.slice(0, length)).toString() }
    return { checksum: (this.#progress[CHECKSUM] as number) >>> 0 }
  }

  #waitFor(chunks: number): void {
    for (;;) {
      const done = Atomics.load(this.#progress, DONE)
      if (done >= chunks) return
      const waited = Atomics.wait(this.#progress, DONE, done, PATIENCE_MS)
      assert(waited !== 'timed-out', 'the thread that compresses goes on')
    }
  }
}
