import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.mjs'

const BUNDLER = 'packages/cli/build-report.mjs'
const STAMP = 'packages/cli/dist/report-sources.sha256'

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
 * Makes the report's browser bundle, where any source has changed since it was last made.
 * @param {string} root
 * @param {(text: string) => void} say
 * @returns {Promise<string | undefined>} what went wrong
 */
export async function bundleReport(root, say) {
  if (!existsSync(join(root, BUNDLER))) return undefined
  const fingerprint = fingerprintOf(root)
  if (readStamp(root) === fingerprint) return undefined
  say('bundling the report …')
  const { code, output } = await run(process.execPath, [BUNDLER], { cwd: root })
  if (code !== 0) return `the report could not be bundled:\n${output.trimEnd()}`
  mkdirSync(join(root, 'packages/cli/dist'), { recursive: true })
  writeFileSync(join(root, STAMP), fingerprint)
  return undefined
}

/**
 * Every source that may end up in the bundle, by path, size and time of change; its libraries by the lock file.
 * @param {string} root
 */
function fingerprintOf(root) {
  const packages = readdirSync(join(root, 'packages')).sort()
  const paths = packages.flatMap((name) => sourcesUnder(root, `packages/${name}/src`))
  const hash = createHash('sha256')
  for (const path of [...paths, BUNDLER, 'package-lock.json']) {
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

/** @param {string} root */
function readStamp(root) {
  try {
    return readFileSync(join(root, STAMP), 'utf8')
  } catch {
    return undefined
  }
}
