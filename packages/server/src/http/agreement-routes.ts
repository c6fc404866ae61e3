import {
  addAgreement,
  amendAgreement,
  delayTranche,
  deliverTranche,
  exerciseOption,
  listAgreements,
  listAgreementVersions,
  showAgreement,
  showAgreementVersion,
  signAgreement,
} from '@offtake/contract/api/agreement-routes'
import { type Instant, instant } from '@offtake/core/base/instant'
import type { Actor } from '../access/actor.ts'
import { orderOf } from '../engine/order.ts'
import {
  added,
  amended,
  delayed,
  deliveredOn,
  type EditAgreement,
  exercisedOn,
  signedOn,
  textOfAgreement,
} from '../portfolio/agreement-changes.ts'
import { filedAgreements, requireAgreement } from '../portfolio/agreement-file.ts'
import { checkedPortfolio } from '../portfolio/checked-portfolio.ts'
import {
  type FileChanges,
  type FileSet,
  type NamedVersion,
  versionsOf,
} from '../portfolio/portfolio-store.ts'
import { notFound } from '../problem.ts'
import { agreementRows, agreementViewOf } from './agreement-view.ts'
import { orAsked } from './asked.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { etagOf, requireMatch } from './etag.ts'
import { isoOf } from './iso.ts'
import { pageOfList } from './number-cursor.ts'
import type { DeskContext } from './portfolio-routes.ts'

/** Agreements: what is there, and how it came to be so. */
export function agreementRoutes(context: DeskContext): Endpoint[] {
  return [...readingRoutes(context), ...changingRoutes(context)]
}

function readingRoutes({ db, reader, clock }: DeskContext): Endpoint[] {
  const pathOf = async (id: string): Promise<string> => {
    const read = await reader.read()
    if (!read) throw notFound('agreement', id)
    return requireAgreement(read.set, read.portfolio, id).file.path
  }
  return [
    endpoint(listAgreements, async ({ query }) => {
      const read = await reader.read()
      const filed = read ? filedAgreements(read.set, read.portfolio) : []
      const rows = read ? agreementRows(filed, read.portfolio, instant(clock())) : []
      const found = rows.filter(
        ({ state, provider }) =>
          (query.state === undefined || state === query.state) &&
          (query.provider === undefined || provider === query.provider),
      )
      return { body: pageOfList(found, query) }
    }),
    endpoint(showAgreement, async ({ params: { id } }) => viewOf({ reader, clock }, id)),
    endpoint(listAgreementVersions, async ({ params: { id } }) => {
      const versions = await versionsOf(db, await pathOf(id))
      return { body: { items: versions.map(versionView) } }
    }),
    endpoint(showAgreementVersion, async ({ params: { id, version } }) => {
      const versions = await versionsOf(db, await pathOf(id))
      const found = versions.find((one) => one.version === version)
      if (!found || found.text === null) throw notFound(`version of ${id}`, String(version))
      return { body: { version, at: isoOf(found.at), text: found.text }, etag: etagOf(version) }
    }),
  ]
}

function versionView({ version, at, actor, approved_by: approvedBy, action, text }: NamedVersion) {
  return { version, at: isoOf(at), actor, approvedBy, action, removed: text === null }
}

async function viewOf({ reader, clock }: Pick<DeskContext, 'reader' | 'clock'>, id: string) {
  const read = await reader.read()
  if (!read) throw notFound('agreement', id)
  const filed = requireAgreement(read.set, read.portfolio, id)
  const body = agreementViewOf(filed, read.portfolio, instant(clock()))
  return { body, etag: etagOf(filed.file.version) }
}

/** Who changes what, and what they had read. */
interface Asking {
  readonly id: string
  readonly actor: Actor
  readonly key: string | undefined
  readonly match: string | undefined
  readonly action: string
  readonly target?: string
  readonly asked: unknown
}

function changingRoutes(context: DeskContext): Endpoint[] {
  const { engine, db, desk } = context
  const submit = async (
    { id, actor, key, action, target = id, asked }: Asking,
    change: (before: FileSet, at: Instant) => FileChanges,
    status = 200,
  ) => {
    const order = { ...orderOf(actor, key), action, target, asked: JSON.stringify([action, target, asked]) }
    const { result } = await engine.submit(desk.change({ ...order, change }))
    return orAsked(db, result, async () => ({ ...(await viewOf(context, id)), status }))
  }
  const edit = (asking: Asking, change: EditAgreement) =>
    submit(asking, (before, at) => {
      const portfolio = checkedPortfolio(before.files, before.digest)
      const filed = requireAgreement(before, portfolio, asking.id)
      requireMatch(asking.match, filed.file.version)
      return new Map([[filed.file.path, change(filed, at)]])
    })
  return [
    endpoint(addAgreement, async ({ body, ...asked }) => {
      const { id, text } = textOfAgreement(body)
      const asking = { ...asked, id, action: 'agreementAdded', asked: body }
      return submit(asking, (before) => added(before, id, text), 201)
    }),
    endpoint(amendAgreement, async ({ params: { id }, body, ...asked }) =>
      edit({ ...asked, id, action: 'agreementAmended', asked: body }, amended(textOfAgreement(body))),
    ),
    endpoint(signAgreement, async ({ params: { id }, body, ...asked }) =>
      edit({ ...asked, id, action: 'agreementSigned', asked: body }, signedOn(body.on)),
    ),
    endpoint(deliverTranche, async ({ params: { id, ...of }, body, ...asked }) => {
      const target = `${id}/${of.line}/${of.tranche}`
      return edit({ ...asked, id, target, action: 'trancheDelivered', asked: body }, deliveredOn(of, body.on))
    }),
    endpoint(delayTranche, async ({ params: { id, ...of }, body, ...asked }) => {
      const target = `${id}/${of.line}/${of.tranche}`
      return edit({ ...asked, id, target, action: 'trancheDelayed', asked: body }, delayed(of, body))
    }),
    endpoint(exerciseOption, async ({ params: { id, option }, body, ...asked }) => {
      const target = `${id}/${option}`
      return edit(
        { ...asked, id, target, action: 'optionExercised', asked: body },
        exercisedOn(option, body.on),
      )
    }),
  ]
}
