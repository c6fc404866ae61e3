import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { explainFailure } from './install-failure.mjs'
import { run } from './run.mjs'

/**
 * @typedef {{
 *   version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   dependencies?: Record<string, string>, devDependencies?: Record<string, string>,
 *   optionalDependencies?: Record<string, string>, peerDependencies?: Record<string, string>,
 * }} LockEntry
 */

/** Without a network npm would otherwise try for many minutes before it says so. */
const PATIENCE = ['--fetch-retries=2', '--fetch-retry-factor=2', '--fetch-retry-mintimeout=300']

/**
 * Why the lock file cannot be followed: it says something else than a package.json; nothing where all agree.
 * @param {string} root
 * @returns {string | undefined}
 */
export function whyOutOfStep(root) {
  const locked = readPackages(join(root, 'package-lock.json'))
  if (!locked) return 'package-lock.json is missing or broken: this is no whole clone of the repository'
  const workspaces = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`)
  const folders = ['', ...workspaces].filter((folder) => existsSync(join(root, folder, 'package.json')))
  const differing = folders.find((folder) => !agrees(join(root, folder, 'package.json'), locked[folder]))
  if (differing === undefined) return undefined
  return `package-lock.json and ${join(differing, 'package.json')} differ; run npm install and commit both`
}

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
 * Installs the versions of the lock file by their digests, and leaves the lock file alone. `npm ci` would do
 * the same, but it refuses a lock file in which the binary of another platform is missing, and npm writes such
 * a one wherever a registry does not carry them all. No dependency needs its install script, and none is run.
 * @param {string} root
 * @returns {Promise<string | undefined>} what went wrong
 */
export async function installPackages(root) {
  const args = [
    'install',
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    ...PATIENCE,
  ]
  const npm = process.env.npm_execpath
  const { code, output } = npm
    ? await run(process.execPath, [npm, ...args], { cwd: root })
    : await run('npm', args, { cwd: root })
  return code === 0 ? undefined : explainFailure(code, output)
}

/**
 * @param {string} path
 * @param {LockEntry | undefined} locked
 */
function agrees(path, locked) {
  if (!locked) return false
  /** @type {LockEntry} */
  const written = JSON.parse(readFileSync(path, 'utf8'))
  return dependenciesText(written) === dependenciesText(locked)
}

/** @param {LockEntry} entry */
function dependenciesText({ dependencies, devDependencies, optionalDependencies, peerDependencies }) {
  return [dependencies, devDependencies, optionalDependencies, peerDependencies]
    .map((wanted) => JSON.stringify(Object.entries(wanted ?? {}).sort()))
    .join('\n')
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
