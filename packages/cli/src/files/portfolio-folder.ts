import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type PortfolioFiles, SETTINGS_FILE } from '@offtake/contract/portfolio/contents'
import {
  MOST_CHARACTERS,
  MOST_FILES,
  TABLE_ENDING,
  TABLE_FOLDER,
  TOO_MUCH,
  YAML_FOLDERS,
} from '@offtake/contract/portfolio/limits'
import { nearest, suggestion } from '@offtake/contract/portfolio/nearest'
import { readPriceCsv } from '@offtake/contract/portfolio/price-csv'
import type { TableText } from '@offtake/contract/portfolio/price-table'
import { type PlacedProblem, problemIn } from '@offtake/contract/problems'
import { fileProblem, readTextFile } from './text-file.ts'

/** A portfolio's files as they lie on disk, and what kept some of them from being read. */
export interface PortfolioFolder {
  readonly files: PortfolioFiles
  readonly problems: readonly PlacedProblem[]
}

/** Reads a portfolio's folder: `offtake.yaml` and the files of the folders that the format knows. */
export async function readPortfolioFolder(dir: string): Promise<PortfolioFolder> {
  const walk = new Walk(dir)
  await walk.run()
  const texts: { file: string; text: string }[] = []
  const tables: TableText[] = []
  const problems = [...walk.problems]
  let characters = 0
  for (const file of walk.found) {
    const text = await readTextFile(join(dir, file), file)
    if (!text.ok) problems.push(...text.problems)
    else if (file.endsWith(TABLE_ENDING)) {
      const table = readPriceCsv(file, text.value)
      if (table.ok) tables.push(table.value)
      else problems.push(...table.problems)
    } else {
      characters += text.value.length
      if (characters > MOST_CHARACTERS) problems.push(problemIn(file, 'fileTooLarge', TOO_MUCH))
      else texts.push({ file, text: text.value })
    }
  }
  return { files: { texts, tables, unread: problems.map(({ file }) => file) }, problems }
}

/** Collects the portfolio's files in order of name, following links but never round in circles. */
class Walk {
  readonly found: string[] = []
  readonly problems: PlacedProblem[] = []
  readonly #dir: string
  readonly #seen = new Set<string>()

  constructor(dir: string) {
    this.#dir = dir
  }

  async run(): Promise<void> {
    try {
      this.#seen.add(await realpath(this.#dir))
      for (const entry of await this.#list('')) await this.#top(entry.name)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        this.problems.push(problemIn('', 'noFolder', 'there is no such folder'))
      else this.problems.push(fileProblem(error, ''))
    }
  }

  async #top(name: string): Promise<void> {
    if (name === SETTINGS_FILE) this.found.push(name)
    else if (YAML_FOLDERS.includes(name)) await this.#folder(name, '.yaml')
    else if (name === TABLE_FOLDER) await this.#folder(name, TABLE_ENDING)
    else if (/\.ya?ml$|\.csv$/i.test(name)) this.#unexpected(name, [SETTINGS_FILE])
    else if (!name.includes('.')) this.#looksMeant(name)
  }

  /** A folder of another name is the owner's own affair, unless it looks like a misspelt one of ours. */
  #looksMeant(name: string): void {
    const known = [...YAML_FOLDERS, TABLE_FOLDER]
    const meant = nearest(name, known)
    if (meant !== undefined && Math.abs(meant.length - name.length) <= 2) this.#unexpected(name, known)
  }

  async #folder(folder: string, ending: string): Promise<void> {
    try {
      const real = await realpath(join(this.#dir, folder))
      if (this.#seen.has(real)) {
        this.problems.push(problemIn(folder, 'linkLoop', 'this link leads to a folder that is read already'))
        return
      }
      this.#seen.add(real)
      for (const entry of await this.#list(folder)) await this.#entry(`${folder}/${entry.name}`, ending)
    } catch (error) {
      this.problems.push(fileProblem(error, folder))
    }
  }

  async #entry(path: string, ending: string): Promise<void> {
    try {
      const found = await stat(join(this.#dir, path))
      if (found.isDirectory()) await this.#folder(path, ending)
      else if (path.endsWith(ending)) this.#add(path)
      else if (/\.ya?ml$|\.csv$/i.test(path))
        this.problems.push(problemIn(path, 'unexpectedFile', `files of this folder end in ${ending}`))
    } catch (error) {
      this.problems.push(fileProblem(error, path))
    }
  }

  #add(path: string): void {
    if (this.found.length < MOST_FILES) this.found.push(path)
    else if (this.found.length === MOST_FILES && !this.problems.some(({ code }) => code === 'tooManyFiles'))
      this.problems.push(problemIn(path, 'tooManyFiles', `more than ${MOST_FILES} files`))
  }

  #unexpected(name: string, known: readonly string[]): void {
    const hint = suggestion(name, known)
    this.problems.push(problemIn(name, 'unexpectedFile', `the format knows no '${name}' here${hint}`))
  }

  async #list(folder: string): Promise<Dirent[]> {
    const entries = await readdir(join(this.#dir, folder), { withFileTypes: true })
    return entries.filter(({ name }) => !name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1))
  }
}
