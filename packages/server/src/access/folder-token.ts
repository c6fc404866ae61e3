import { randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const SECRET_BYTES = 24

/** The token of a data folder: made when it is first asked for, readable by its owner alone, and never half of one. */
export async function folderToken(folder: string): Promise<string> {
  const file = join(folder, 'token')
  const draft = `${file}.${randomUUID()}`
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(draft, randomBytes(SECRET_BYTES).toString('base64url'), { flag: 'wx', mode: 0o600 })
  try {
    await link(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
  const token = (await readFile(file, 'utf8')).trim()
  if (token !== '') return token
  throw new Error(`${file} is empty: delete it, and another token is made`)
}
