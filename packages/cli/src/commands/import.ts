import { type FileChange, replacePortfolio, showPortfolio } from '@offtake/contract/api/portfolio-routes'
import { type FileText, inFolderOrder } from '@offtake/contract/portfolio/file-texts'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { answered, live } from '../live/ask.ts'
import { printAsked } from '../live/asked.ts'
import { newKey } from '../live/connection.ts'
import { createOutput } from '../output.ts'
import { loadFileTexts } from '../portfolio-argument.ts'

interface Options {
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** `offtake import DIR`: a folder becomes the server's portfolio. */
export function registerImport(program: Command, finish: Finish): void {
  program
    .command('import')
    .description('make a folder the portfolio of a live server: machines, tenants and terms follow')
    .argument('<dir>', 'the folder of the portfolio')
    .option('--dry-run', 'show what would change, and change nothing')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  offtake import examples/start-up --dry-run')
    .action(async (dir: string, { dryRun, json }: Options) => {
      const files = await loadFileTexts(dir, createOutput(json === true))
      if (!files) return finish(EXIT.badInput)
      await live(json, finish, async (client, output) => {
        const read = await client.call(showPortfolio, {})
        const before = await answered(Promise.resolve(read))
        const changes = changesOf(before.files, files)
        const match = read.ok ? { match: read.etag ?? '*' } : {}
        const done = { version: before.version, changes }
        const result = dryRun
          ? done
          : await answered(client.call(replacePortfolio, { body: { files }, key: newKey(), ...match }))
        if (output.json) return output.document(result)
        for (const { path, change } of changes) output.print(`${SIGNS[change]} ${path}`)
        if (changes.length === 0) output.print('The server holds these files already.')
        else if (dryRun) output.print('Nothing was changed.')
        else if ('approval' in result) printAsked(result.approval, output)
        else output.print(`The portfolio is at version ${result.version}.`)
      })
    })
}

const SIGNS = { added: '+', changed: '~', removed: '-' } as const

function changesOf(before: readonly FileText[], after: readonly FileText[]): FileChange[] {
  const [old, next] = [before, after].map((files) => new Map(files.map(({ path, text }) => [path, text])))
  const paths = new Set([...before, ...after].map(({ path }) => path))
  return inFolderOrder([...paths].map((path) => ({ path }))).flatMap(({ path }): FileChange[] => {
    if (!next?.has(path)) return [{ path, change: 'removed' }]
    if (!old?.has(path)) return [{ path, change: 'added' }]
    return old.get(path) === next.get(path) ? [] : [{ path, change: 'changed' }]
  })
}
