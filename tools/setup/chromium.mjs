import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run, tailOf } from './run.mjs'

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
  if (process.getuid?.() !== 0)
    return 'only root may install it; install Chromium, or set OFFTAKE_CHROMIUM to one'
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const update = await run('apt-get', ['update', '-qq'], { env })
  if (update.code === 127) return 'there is no apt-get here; install Chromium, or set OFFTAKE_CHROMIUM to one'
  const packages = ['chromium', 'fonts-dejavu-core']
  const install = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
  })
  if (install.code !== 0) return `apt-get said: ${tailOf(install.output, 1)}`
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
