import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const login = z.object({ url: z.string(), token: z.string() })

/** Where a server is and how it knows us. */
type Login = z.output<typeof login>

/** The file that `offtake login` writes. */
export function loginFile(): string {
  return join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'offtake', 'login.json')
}

/** Nothing where nobody is logged in, or where the file is none of ours. */
export function readLogin(): Login | undefined {
  const file = loginFile()
  if (!existsSync(file)) return undefined
  try {
    return login.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
  } catch {
    return undefined
  }
}

/** Readable by its owner alone from the first byte on, and whole or not there. */
export function keepLogin(kept: Login): void {
  const file = loginFile()
  const draft = `${file}.${process.pid}`
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  rmSync(draft, { force: true })
  writeFileSync(draft, `${JSON.stringify(kept, null, 2)}\n`, { flag: 'wx', mode: 0o600 })
  chmodSync(draft, 0o600)
  renameSync(draft, file)
}

/** Whether there was one to forget. */
export function forgetLogin(): boolean {
  const file = loginFile()
  if (!existsSync(file)) return false
  rmSync(file)
  return true
}
