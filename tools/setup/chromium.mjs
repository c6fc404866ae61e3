import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { installDebian } from './debian.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/**
 * The browser that the tests drive: OFFTAKE_CHROMIUM, or the first Chromium on the PATH.
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string | undefined}
 */
export function findChromium(environment = process.env) {
  const named = environment.OFFTAKE_CHROMIUM
  if (named) return isProgram(named) ? named : undefined
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isProgram)
}

/** @returns {Promise<string | undefined>} why there is none */
export async function installChromium() {
  const failure = await installDebian(['chromium', 'fonts-dejavu-core'])
  if (failure) return `${failure}; install it yourself, or set OFFTAKE_CHROMIUM to one`
  return findChromium() ? undefined : 'apt-get installed it, but it is not on the PATH'
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
