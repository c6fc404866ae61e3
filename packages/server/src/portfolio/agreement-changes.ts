import {
  agreementIdIn,
  agreementText,
  delivered,
  exercised,
  late,
  signed,
  type TrancheAddress,
} from '@offtake/contract/portfolio/edit/agreement-edits'
import type { Agreement, Tranche } from '@offtake/core/agreements/agreement'
import { stateAt } from '@offtake/core/agreements/lifecycle'
import { formatDate, type Instant } from '@offtake/core/base/instant'
import { includes } from '@offtake/core/base/span'
import { notFound, Problem } from '../problem.ts'
import type { FiledAgreement } from './agreement-file.ts'
import type { FileChanges, FileSet } from './portfolio-store.ts'

/** The new text of an agreement's file; a problem where that cannot be. */
export type EditAgreement = (filed: FiledAgreement, at: Instant) => string

/** A whole agreement as it is sent: as its file, or as fields, of which a file is made. */
export type WholeAgreement =
  | { readonly text: string }
  | { readonly agreement: Readonly<Record<string, unknown>> }

export function textOfAgreement(whole: WholeAgreement): { readonly id: string; readonly text: string } {
  const text = 'text' in whole ? whole.text : agreementText(whole.agreement)
  const id = agreementIdIn(text)
  if (id === undefined) throw new Problem('malformed', 'an agreement is YAML with an id')
  return { id, text }
}

export function added({ files }: FileSet, id: string, text: string): FileChanges {
  const path = `agreements/${id}.yaml`
  if (files.some((file) => file.path === path)) throw new Problem('conflict', `there is a file ${path}`)
  return new Map([[path, text]])
}

export function amended({ id, text }: ReturnType<typeof textOfAgreement>): EditAgreement {
  return ({ agreement }, at) => {
    if (agreement.id !== id) throw new Problem('malformed', `it calls itself ${id}, and not ${agreement.id}`)
    requireNotEnded(agreement, at)
    return text
  }
}

export function signedOn(on: Instant | undefined): EditAgreement {
  return ({ agreement, file }, at) => {
    if (agreement.status === 'signed') throw new Problem('alreadySigned', `${agreement.id} is signed`)
    return possible(signed(file.text, happened(on, at)))
  }
}

export function deliveredOn(of: TrancheAddress, on: Instant | undefined): EditAgreement {
  return ({ agreement, file }, at) => {
    requireUndelivered(agreement, of, at)
    return possible(delivered(file.text, of, happened(on, at)))
  }
}

export function delayed(
  of: TrancheAddress,
  when: { readonly expected: Instant; readonly source?: string },
): EditAgreement {
  return ({ agreement, file }, at) => {
    requireUndelivered(agreement, of, at)
    return possible(late(file.text, of, when))
  }
}

export function exercisedOn(id: string, on: Instant | undefined): EditAgreement {
  return ({ agreement, file }, at) => {
    requireSigned(agreement)
    const option = agreement.options.find((one) => one.id === id)
    if (!option) throw notFound(`option of ${agreement.id}`, id)
    if (option.exercised !== undefined)
      throw new Problem('alreadyExercised', `it was exercised on ${formatDate(option.exercised)}`)
    requireNotEnded(agreement, at)
    const day = happened(on, at)
    const { start, until } = option.window
    if (!includes(option.window, day))
      throw new Problem(
        'outsideWindow',
        `it can be exercised from ${formatDate(start)} until ${formatDate(until)}`,
      )
    return possible(exercised(file.text, id, day))
  }
}

function requireUndelivered(agreement: Agreement, { line, tranche }: TrancheAddress, at: Instant): Tranche {
  const found = agreement.lines.find(({ id }) => id === line)?.tranches.find(({ id }) => id === tranche)
  if (!found) throw notFound(`tranche of ${agreement.id}`, `${line}/${tranche}`)
  requireSigned(agreement)
  if (found.delivered !== undefined)
    throw new Problem('alreadyDelivered', `it was handed over on ${formatDate(found.delivered)}`)
  requireNotEnded(agreement, at)
  return found
}

function requireSigned({ id, status }: Agreement): void {
  if (status === 'draft') throw new Problem('notSigned', `${id} is a draft`)
}

function requireNotEnded(agreement: Agreement, at: Instant): void {
  if (stateAt(agreement, at) === 'ended') throw new Problem('hasEnded', `${agreement.id} has ended`)
}

/** The day on which something happened: today where it is not said. */
function happened(on: Instant | undefined, at: Instant): Instant {
  if (on !== undefined && on > at) throw new Problem('inTheFuture', `${formatDate(on)} is not here yet`)
  return on ?? at
}

function possible(text: string | undefined): string {
  if (text !== undefined) return text
  throw new Problem(
    'conflict',
    'its file says this in a way that cannot be edited by itself: amend it as a whole',
  )
}
