import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from './run.mjs'

/** What makes each bundle for browsers, and where it notes of which sources. */
const BUNDLES = [
  {
    name: 'the report',
    bundler: 'packages/cli/build-report.mjs',
    stamp: 'packages/cli/dist/report-sources.sha256',
  },
  {
    name: 'the web application',
    bundler: 'packages/web/build-pages.mjs',
    stamp: 'packages/web/dist/page-sources.sha256',
  },
]

/** What else a bundle follows from. */
const SETTINGS = ['packages/web/vite.config.ts', 'packages/web/index.html', 'package-lock.json']

/**
 * Compiles the packages that the command needs; the compiler itself knows what is up to date.
 * @param {string} root
 * @returns {Promise<string | undefined>} what went wrong
 */
export async function buildPackages(root) {
  const { code, output } = await run(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-b', 'packages/cli'],
    {
      cwd: root,
    },
  )
  if (code !== 0) return `the build found errors:\n${output.trimEnd()}`
  return writeTemplate(root)
}

/**
 * Makes the empty database that `offtake serve` begins with; does nothing, fast, where it is there.
 * @param {string} root
 * @returns {Promise<string | undefined>} what went wrong
 */
async function writeTemplate(root) {
  const { code, output } = await run(process.execPath, ['packages/server/bin/write-template.js'], {
    cwd: root,
  })
  return code === 0 ? undefined : `the empty database could not be made:\n${output.trimEnd()}`
}

/**
 * Makes the report's browser bundle and the web application, each where any source has changed since it was last made.
 * @param {string} root
 * @param {(text: string) => void} say
 * @returns {Promise<string | undefined>} what went wrong
 */
export async function bundleForBrowsers(root, say) {
  for (const { name, bundler, stamp } of BUNDLES.filter((bundle) => existsSync(join(root, bundle.bundler)))) {
    const fingerprint = fingerprintOf(root, bundler)
    if (readStamp(join(root, stamp)) === fingerprint) continue
    say(`bundling ${name} …`)
    const { code, output } = await run(process.execPath, [bundler], { cwd: root })
    if (code !== 0) return `${name} could not be bundled:\n${output.trimEnd()}`
    mkdirSync(dirname(join(root, stamp)), { recursive: true })
    writeFileSync(join(root, stamp), fingerprint)
  }
  return undefined
}

/**
 * Every source that may end up in the bundle, by path, size and time of change; its libraries by the lock file.
 * @param {string} root
 * @param {string} bundler
 */
function fingerprintOf(root, bundler) {
  const packages = readdirSync(join(root, 'packages')).sort()
  const paths = packages.flatMap((name) =>
    ['src', 'build'].flatMap((folder) => sourcesUnder(root, `packages/${name}/${folder}`)),
  )
  const hash = createHash('sha256')
  const settings = SETTINGS.filter((path) => existsSync(join(root, path)))
  for (const path of [...paths, bundler, ...settings]) {
    const { size, mtimeMs } = statSync(join(root, path))
    hash.update(`${path} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function sourcesUnder(root, folder) {
  if (!existsSync(join(root, folder))) return []
  const found = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replace(/^\//, ''))
    .sort()
}

/** @param {string} path */
function readStamp(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
