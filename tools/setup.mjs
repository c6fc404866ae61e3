import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { buildPackages, bundleForBrowsers } from './setup/build.mjs'
import { findChromium, installChromium } from './setup/chromium.mjs'
import { installPackages, whyInstall, whyOutOfStep } from './setup/install.mjs'
import { withLock } from './setup/lock.mjs'
import { whyWrongNode } from './setup/node-version.mjs'
import { hasPostgres, installPostgres } from './setup/postgres.mjs'

// Sets up what is missing: packages as the lock file says, the build, and for the tests Chromium and PostgreSQL.
// `npm start` and `npm test` call it first; it does nothing, fast, when all is there.
//   --install-only  leaves the build to the caller
//   --for-tests     looks for Chromium and PostgreSQL too

const root = fileURLToPath(new URL('..', import.meta.url))
const flags = new Set(process.argv.slice(2))

process.exitCode = await setUp()

/** @returns {Promise<number>} the exit code */
async function setUp() {
  const wrongNode = whyWrongNode(root, process.versions.node)
  if (wrongNode) return fail(wrongNode)
  const failure = await withLock(join(root, '.setup.lock'), prepare, say)
  if (failure) return fail(failure)
  if (flags.has('--for-tests')) {
    await lookForChromium()
    await lookForPostgres()
  }
  return 0
}

/** @returns {Promise<string | undefined>} what went wrong */
async function prepare() {
  const outOfStep = whyOutOfStep(root)
  if (outOfStep) return outOfStep
  const why = whyInstall(root)
  if (why) {
    const failure = await timed(`installing packages (${why})`, () => installPackages(root))
    if (failure) return failure
  }
  if (flags.has('--install-only')) return undefined
  return (await buildPackages(root)) ?? (await bundleForBrowsers(root, say))
}

async function lookForChromium() {
  if (findChromium()) return
  const failure = await timed('installing Chromium for the browser tests', installChromium)
  if (failure) say(`no Chromium, so the browser tests will be skipped: ${failure}`)
}

async function lookForPostgres() {
  if (hasPostgres()) return
  const failure = await timed('installing PostgreSQL for the tests of the database', installPostgres)
  if (failure) say(`no PostgreSQL, so its tests will be skipped: ${failure}`)
}

/**
 * @param {string} what
 * @param {() => Promise<string | undefined>} work
 */
async function timed(what, work) {
  say(`${what} …`)
  const start = performance.now()
  const failure = await work()
  if (!failure) say(`done in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return failure
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`setup: ${text}\n`)
}

/** @param {string} text */
function fail(text) {
  say(text)
  return 1
}
