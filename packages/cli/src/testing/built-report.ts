import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'

/** Builds what reports carry within themselves, so that a test sees the sources as they are. */
export function buildReport(): void {
  execFileSync(process.execPath, [resolve(import.meta.dirname, '../../build-report.mjs')])
}
