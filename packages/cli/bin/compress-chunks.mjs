// A thread for what is slow and needs no thinking: compresses chunks and appends them to a file, in the order in which they come.
// `chunk-writer.ts` starts it, and waits for `progress` where it is too far ahead.
import { writeSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { crc32, deflateRawSync } from 'node:zlib'

/** @type {{ file: number, options: import('node:zlib').ZlibOptions, progress: Int32Array, said: Uint8Array }} */
const { file, options, progress, said } = workerData
/** What `progress` counts: chunks done, the checksum of all of them, the length of what is said about a failure. */
const [DONE, CHECKSUM, SAID] = [0, 1, 2]

parentPort?.on('message', (/** @type {Uint8Array} */ chunk) => {
  if (progress[SAID] === 0) {
    try {
      append(chunk)
    } catch (error) {
      tell(error)
    }
  }
  Atomics.add(progress, DONE, 1)
  Atomics.notify(progress, DONE)
})

/** @param {Uint8Array} chunk */
function append(chunk) {
  progress[CHECKSUM] = crc32(chunk, (progress[CHECKSUM] ?? 0) >>> 0)
  const bytes = deflateRawSync(chunk, options)
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
}

/** @param {unknown} error */
function tell(error) {
  const text = Buffer.from(error instanceof Error ? error.message : String(error)).subarray(0, said.length)
  said.set(text)
  progress[SAID] = text.length
}
