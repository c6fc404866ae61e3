import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const inGzip = promisify(gzip)
const inBrotli = promisify(brotliCompress)

/** Below that a packet holds it anyway. */
const SMALLEST_BYTES = 1_024

/** Lays a compressed form beside every file that is worth it, so that the server never compresses one for a reader. */
export function compressed(): Plugin {
  let folder = ''
  return {
    name: 'offtake:compressed',
    apply: 'build',
    configResolved({ root, build }) {
      folder = join(root, build.outDir, build.assetsDir)
    },
    async closeBundle() {
      const names = (await readdir(folder)).filter((name) => /\.(?:js|css|svg)$/.test(name))
      await Promise.all(names.map((name) => compress(join(folder, name))))
    },
  }
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path)
  if (bytes.length < SMALLEST_BYTES) return
  await writeFile(`${path}.gz`, await inGzip(bytes, { level: 9 }))
  await writeFile(`${path}.br`, await inBrotli(bytes))
}
