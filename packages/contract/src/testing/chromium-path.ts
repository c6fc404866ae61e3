import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
// Chromium by itself looks for updates and more; what is tested may be the only one to ask for anything.
export const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** OFFTAKE_CHROMIUM, or the first Chromium on the PATH. */
export function chromiumPath(): string | undefined {
  const named = process.env.OFFTAKE_CHROMIUM
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const known = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return (named ? [named] : known).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
