import type { AgreementRow, AgreementView } from '@offtake/contract/api/agreement'
import {
  addAgreement,
  amendAgreement,
  listAgreements,
  listAgreementVersions,
  showAgreement,
  showAgreementVersion,
  signAgreement,
} from '@offtake/contract/api/agreement-routes'
import type { ApiClient } from '@offtake/contract/api/client'
import { formatCount } from '@offtake/contract/text/format-number'
import { writtenSumText } from '@offtake/contract/text/money-text'
import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { answered, live } from '../live/ask.ts'
import { type OrAsked, printAsked } from '../live/asked.ts'
import { newKey } from '../live/connection.ts'
import { firstOf } from '../live/pages.ts'
import { readGivenText } from '../live/read-document.ts'
import type { Output } from '../output.ts'

interface Json {
  readonly json?: boolean
}

interface ListOptions extends Json {
  readonly state?: AgreementRow['state']
  readonly provider?: string
}

/** `offtake agreement …`: the agreements of a live server. */
export function registerAgreement(program: Command, finish: Finish): void {
  const agreement = program.command('agreement').description('agreements of a live server')
  registerReading(agreement, finish)
  registerChanging(agreement, finish)
}

function registerReading(agreement: Command, finish: Finish): void {
  agreement
    .command('list')
    .description('one line for each agreement: where it stands, how long, how much')
    .option('--state <state>', 'only those that are draft, signed, active or ended')
    .option('--provider <name>', 'only of this provider')
    .option('--json', 'print one JSON document')
    .action(({ json, ...query }: ListOptions) =>
      live(json, finish, async (client, output) => {
        const { items } = await firstOf(Number.POSITIVE_INFINITY, (page) =>
          answered(client.call(listAgreements, { query: { ...query, ...page } })),
        )
        if (output.json) output.document({ items })
        else printList(items, output)
      }),
    )
  agreement
    .command('show')
    .description('one agreement, or its file as it is or was')
    .argument('<id>', 'the agreement')
    .option('--text', 'print its file')
    .option('--at-version <number>', 'its file as it was in that version')
    .option('--json', 'print one JSON document')
    .action((id: string, { text, atVersion, json }: Json & { text?: boolean; atVersion?: string }) =>
      live(json, finish, async (client, output) => {
        if (atVersion !== undefined) {
          const params = { id, version: atVersion }
          const then = await answered(client.call(showAgreementVersion, { params }))
          if (output.json) output.document(then)
          else output.print(then.text.trimEnd())
          return
        }
        const view = await answered(client.call(showAgreement, { params: { id } }))
        if (output.json) output.document(view)
        else if (text) output.print(view.text.trimEnd())
        else printAgreement(view, output)
      }),
    )
  agreement
    .command('versions')
    .description('every version of an agreement: when, by whom, why')
    .argument('<id>', 'the agreement')
    .option('--json', 'print one JSON document')
    .action((id: string, { json }: Json) =>
      live(json, finish, async (client, output) => {
        const { items } = await answered(client.call(listAgreementVersions, { params: { id } }))
        if (output.json) return output.document({ items })
        const rows = items.map(({ version, at, actor, approvedBy, action, removed }) => [
          String(version),
          at,
          actor,
          approvedBy ?? '–',
          removed ? `${action} (removed)` : action,
        ])
        output.table(['version', 'at', 'by', 'approved by', 'what'], rows)
      }),
    )
}

function registerChanging(agreement: Command, finish: Finish): void {
  agreement
    .command('add')
    .description('add an agreement')
    .argument('<file>', 'its YAML; - for standard input')
    .option('--json', 'print one JSON document')
    .action((file: string, { json }: Json) =>
      live(json, finish, async (client, output) => {
        const body = { text: await readGivenText(file) }
        printChanged(await answered(client.call(addAgreement, { body, key: newKey() })), output)
      }),
    )
  agreement
    .command('amend')
    .description('replace the whole of an agreement, as it was read a moment ago')
    .argument('<id>', 'the agreement')
    .argument('<file>', 'its new YAML; - for standard input')
    .option('--if-version <number>', 'only if it is at this version; at the one that is there now by default')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  offtake agreement show first --text > first.yaml\n  offtake agreement amend first first.yaml --if-version 3',
    )
    .action((id: string, file: string, { ifVersion, json }: Json & { ifVersion?: string }) =>
      live(json, finish, async (client, output) => {
        const body = { text: await readGivenText(file) }
        const match = ifVersion === undefined ? await versionNow(client, id) : `"${ifVersion}"`
        const call = client.call(amendAgreement, { params: { id }, body, match, key: newKey() })
        printChanged(await answered(call), output)
      }),
    )
  agreement
    .command('sign')
    .description('sign a draft')
    .argument('<id>', 'the agreement')
    .option('--on <date>', 'the day of the signature; today by default')
    .option('--json', 'print one JSON document')
    .action((id: string, { on, json }: Json & { on?: string }) =>
      live(json, finish, async (client, output) => {
        const body = on === undefined ? {} : { on }
        const call = client.call(signAgreement, { params: { id }, body, key: newKey() })
        printChanged(await answered(call), output)
      }),
    )
}

async function versionNow(client: ApiClient, id: string): Promise<string> {
  const { version } = await answered(client.call(showAgreement, { params: { id } }))
  return `"${version}"`
}

/** What became of a change of an agreement. */
export function printChanged(changed: OrAsked<AgreementView>, output: Output): void {
  if (output.json) return output.document(changed)
  if ('approval' in changed) return printAsked(changed.approval, output)
  output.print(`${changed.id} is ${changed.state}, at version ${changed.version}.`)
}

function printList(items: readonly AgreementRow[], output: Output): void {
  if (items.length === 0) return output.print('No agreements.')
  const rows = items.map((row) => [
    row.id,
    row.state,
    row.standing,
    `${row.start.slice(0, 10)} – ${row.until.slice(0, 10)}`,
    row.committed === null ? '–' : writtenSumText(row.committed, row.currency),
    formatCount(row.accelerators),
    String(row.version),
  ])
  output.table(['agreement', 'state', 'counts as', 'term', 'committed', 'accelerators', 'version'], rows)
}

function printAgreement(view: AgreementView, output: Output): void {
  const { id, title, provider, state, standing, start, until, currency, committed, owed, version } = view
  output.print(
    `${id}: ${title}, from ${provider}. ${state}, ${standing}, at version ${version} of ${view.file}.`,
  )
  output.print(`Term ${start.slice(0, 10)} until ${until.slice(0, 10)}.`)
  if (committed !== null) output.print(`Committed ${writtenSumText(committed, currency)}.`)
  output.print(
    owed === null ? 'What is owed is not known.' : `Owed from now on ${writtenSumText(owed, currency)}.`,
  )
  const tranches = view.lines.flatMap(({ id: line, pool, tranches: all }) =>
    all.map((tranche) => [
      `${line}/${tranche.id}`,
      pool,
      formatCount(tranche.accelerators),
      tranche.promised.slice(0, 10),
      tranche.expected?.slice(0, 10) ?? '–',
      tranche.delivered?.slice(0, 10) ?? '–',
    ]),
  )
  if (tranches.length > 0)
    output.table(['tranche', 'pool', 'accelerators', 'promised', 'expected', 'delivered'], tranches)
  const options = view.options.map(({ id: option, kind, start: from, until: to, exercised }) => [
    option,
    kind,
    `${from.slice(0, 10)} – ${to.slice(0, 10)}`,
    exercised?.slice(0, 10) ?? '–',
  ])
  if (options.length > 0) output.table(['option', 'kind', 'window', 'exercised'], options)
}
