import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readiness } from '@offtake/contract/api/feed-routes'
import { connect } from '../live/connection.ts'

/** One thing that was looked at. */
export interface Finding {
  readonly what: string
  readonly isGood: boolean
  /** In words, with what to do where it is not good. */
  readonly found: string
}

export interface Where {
  readonly data: string
  readonly database?: string
}

/** Looks at one thing after another; nothing that it does changes anything. */
export async function* look({ data, database }: Where): AsyncGenerator<Finding> {
  yield node()
  yield* dataFolder(data)
  yield database === undefined ? embedded(data) : await postgres(database)
  yield* server()
  yield programs()
}

const NODE = { major: 20, minor: 19 }

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isGood = major > NODE.major || (major === NODE.major && minor >= NODE.minor)
  return {
    what: 'Node',
    isGood,
    found: `${process.versions.node}; ${NODE.major}.${NODE.minor} or later is needed`,
  }
}

const LEAST_FREE_MB = 500

function* dataFolder(data: string): Generator<Finding> {
  const what = 'data folder'
  const folder = existsSync(data) ? data : nearest(resolve(data))
  try {
    accessSync(folder, constants.W_OK)
    const made = folder === data ? '' : ', and is made by the first offtake serve'
    yield { what, isGood: true, found: `${data} can be written${made}` }
  } catch {
    yield { what, isGood: false, found: `${folder} cannot be written by this user` }
  }
  const { bavail, bsize } = statfsSync(folder)
  const free = Math.floor((bavail * bsize) / 1_048_576)
  yield {
    what: 'disk',
    isGood: free >= LEAST_FREE_MB,
    found: `${free} MB free; ${LEAST_FREE_MB} or more are wanted`,
  }
  const token = join(data, 'token')
  if (!existsSync(token)) return
  const isPrivate = (statSync(token).mode & 0o077) === 0
  yield {
    what: 'token file',
    isGood: isPrivate,
    found: isPrivate ? 'readable by its owner alone' : `others may read it: chmod 600 ${token}`,
  }
}

function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder))
}

function embedded(data: string): Finding {
  const folder = join(data, 'database')
  if (!existsSync(folder))
    return { what: 'database', isGood: true, found: 'none yet; the first offtake serve makes it' }
  return {
    what: 'database',
    isGood: true,
    found: `a PGlite in ${folder}; offtake audit verify reads its journal`,
  }
}

async function postgres(url: string): Promise<Finding> {
  const what = 'database'
  // Loaded when it is used: no other command needs a database.
  const { examine } = await import('@offtake/server/examine')
  return { what, ...(await examine(url)) }
}

const SKEW_MS = 5_000

async function* server(): AsyncGenerator<Finding> {
  const what = 'server'
  try {
    const asked = Date.now()
    const response = await connect().send(readiness, {}, { signal: AbortSignal.timeout(5_000) })
    const answered = Date.now()
    const found = response.ok
      ? `${response.url} takes orders`
      : `${response.url} answers, and takes no orders now`
    yield { what, isGood: response.ok, found }
    const there = Date.parse(response.headers.get('date') ?? '')
    if (Number.isNaN(there)) return
    // Its clock is told in whole seconds.
    const isGood = there > asked - SKEW_MS && there < answered + SKEW_MS
    yield {
      what: 'clocks',
      isGood,
      found: isGood ? 'agree' : 'differ by more than 5 s: jobs and tokens end at the wrong time',
    }
  } catch {
    yield {
      what,
      isGood: false,
      found: 'none answers; start one with offtake serve, or say by OFFTAKE_URL where it is',
    }
  }
}

/** What the processes of this-machine need. */
function programs(): Finding {
  const missing = ['sh', 'timeout'].filter(
    (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0,
  )
  return {
    what: 'programs',
    isGood: missing.length === 0,
    found:
      missing.length === 0
        ? 'sh and timeout, for processes of this machine'
        : `${missing.join(', ')} is missing`,
  }
}
