import { join } from 'node:path'
import type { Run, RunName } from '../ports.ts'

/** A process as it is to be started. */
export interface Launch {
  readonly program: string
  readonly args: readonly string[]
  readonly folder: string
  readonly log: string
  readonly environment: Readonly<Record<string, string>>
}

/** The folder of a run, within that of all runs. */
export function folderOf(runs: string, { gangId, stay }: RunName): string {
  return join(runs, `${encodeURIComponent(gangId)}.${stay}`)
}

/** The file that holds what a run says. */
export function logIn(folder: string): string {
  return join(folder, 'log')
}

/** What of the server's environment its runs see: no secret is among it. */
const PASSED_ON = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'USER']

/**
 * The shell claims the run before it does anything, so that of two servers' shells one goes on; it keeps which process it is, ends
 * the program when its limit is over, and writes the exit code, which outlives the server.
 */
const SCRIPT = `
cd "$OFFTAKE_RUN" || exit 126
mkdir claimed 2>/dev/null || exit 0
{ echo $$; cut -d' ' -f22 /proc/$$/stat 2>/dev/null || ps -o lstart= -p $$; } > process.part
mv process.part process
if [ -n "$OFFTAKE_LIMIT_S" ]; then timeout --kill-after=5 "$OFFTAKE_LIMIT_S" "$@"; else "$@"; fi
code=$?
echo $code > exit.part
mv exit.part exit
exit $code`

export function launchOf(run: Run, folder: string): Launch {
  const { gangId, stay, spec } = run
  const inherited = PASSED_ON.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
  return {
    program: '/bin/sh',
    args: ['-c', SCRIPT, 'offtake-run', ...(spec.command ?? ['true'])],
    folder,
    log: logIn(folder),
    environment: {
      ...Object.fromEntries(inherited),
      OFFTAKE_RUN: folder,
      OFFTAKE_JOB: gangId,
      OFFTAKE_STAY: String(stay),
      ...(spec.limitMs === undefined ? {} : { OFFTAKE_LIMIT_S: String(spec.limitMs / 1_000) }),
    },
  }
}
