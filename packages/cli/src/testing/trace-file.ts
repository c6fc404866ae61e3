import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs the body on a file of this content, which is gone afterwards. */
export async function withFile<Value>(
  content: string | Uint8Array,
  body: (path: string) => Promise<Value>,
): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'offtake-trace-'))
  try {
    const path = join(folder, 'trace')
    writeFileSync(path, content)
    return await body(path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
