import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Why this Node cannot run the project, by the oldest version that package.json allows (`>=20.19`).
 * @param {string} root
 * @param {string} version
 * @returns {string | undefined}
 */
export function whyWrongNode(root, version) {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const oldest = String(engines.node).replace('>=', '').trim()
  if (!isOlder(numbersOf(version), numbersOf(oldest))) return undefined
  return `Offtake needs Node ${oldest} or newer and this is Node ${version}; install a newer one and try again`
}

/**
 * @param {readonly number[]} version
 * @param {readonly number[]} oldest
 */
function isOlder(version, oldest) {
  for (let at = 0; at < oldest.length; at += 1) {
    const difference = (version[at] ?? 0) - (oldest[at] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}

/** @param {string} version */
function numbersOf(version) {
  return version.split('.').map((part) => Number.parseInt(part, 10))
}
