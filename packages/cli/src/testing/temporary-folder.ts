import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Runs the body in a folder with these files, which is gone afterwards. */
export async function inFolder<Value>(
  files: Readonly<Record<string, string | Uint8Array>>,
  body: (dir: string) => Promise<Value>,
): Promise<Value> {
  const dir = mkdtempSync(join(tmpdir(), 'offtake-folder-'))
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true })
      writeFileSync(join(dir, path), content)
    }
    return await body(dir)
  } finally {
    rmSync(dir, { recursive: true })
  }
}
