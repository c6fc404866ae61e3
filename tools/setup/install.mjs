import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, tailOf } from './run.mjs'

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockEntry */

/**
 * Why what is installed is not what package-lock.json says; nothing where it is. npm keeps an account of what
 * it installed in node_modules/.package-lock.json, written last, so that an interrupted install is seen too.
 * @param {string} root
 * @returns {string | undefined}
 */
export function whyInstall(root) {
  const wanted = readPackages(join(root, 'package-lock.json'))
  const installed = readPackages(join(root, 'node_modules/.package-lock.json'))
  if (!wanted || !installed) return 'nothing is installed yet'
  for (const [path, entry] of Object.entries(wanted)) {
    const why = whyDifferent(root, path, entry, installed[path])
    if (why) return why
  }
  if (!existsSync(join(root, 'node_modules/.bin/offtake'))) return 'the offtake command is not linked'
  return undefined
}

/**
 * @param {string} root
 * @returns {Promise<string | undefined>} what went wrong
 */
export async function installPackages(root) {
  // No dependency needs its install script, and none is run.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']
  const npm = process.env.npm_execpath
  const { code, output } = npm
    ? await run(process.execPath, [npm, ...args], { cwd: root })
    : await run('npm', args, { cwd: root })
  return code === 0 ? undefined : explainFailure(code, output)
}

/**
 * @param {number} code
 * @param {string} output
 */
export function explainFailure(code, output) {
  if (code === 127) return 'npm was not found; it comes with Node and must be on the PATH'
  const noNetwork = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/.test(
    output,
  )
  const advice = noNetwork
    ? 'npm could not reach its registry. The first setup needs a network; later ones do not.'
    : 'npm ci failed.'
  return `${advice} It said:\n${tailOf(output, 15)}`
}

/**
 * @param {string} root
 * @param {string} path
 * @param {LockEntry} wanted
 * @param {LockEntry | undefined} installed
 * @returns {string | undefined}
 */
function whyDifferent(root, path, wanted, installed) {
  if (!path.includes('node_modules/')) return undefined
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  if (!installed) return wanted.optional && !isForThisMachine(wanted) ? undefined : `${name} is missing`
  if (wanted.version !== installed.version) return `${name} is not the version of the lock file`
  if (wanted.integrity !== installed.integrity) return `${name} is not the one of the lock file`
  return existsSync(join(root, path)) ? undefined : `${name} is missing`
}

/**
 * Whether npm surely installs an optional package here. It alone knows which C library the machine has, so of
 * packages that depend on it nothing is said.
 * @param {LockEntry} entry
 */
function isForThisMachine({ os, cpu, libc }) {
  if (!os || !cpu || libc) return false
  return os.includes(process.platform) && cpu.includes(process.arch)
}

/**
 * @param {string} path
 * @returns {Record<string, LockEntry> | undefined}
 */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}
