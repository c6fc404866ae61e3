import { run, tailOf } from './run.mjs'

/**
 * Installs packages of Debian, where that is possible.
 * @param {readonly string[]} packages
 * @returns {Promise<string | undefined>} why not
 */
export async function installDebian(packages) {
  if (process.getuid?.() !== 0) return `only root may install ${packages.join(' and ')}`
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const update = await run('apt-get', ['update', '-qq'], { env })
  if (update.code === 127) return `there is no apt-get here to install ${packages.join(' and ')}`
  const install = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
  })
  return install.code === 0 ? undefined : `apt-get said: ${tailOf(install.output, 1)}`
}
