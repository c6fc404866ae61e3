import { agreementIdIn } from '@offtake/contract/portfolio/edit/agreement-edits'
import type { Agreement } from '@offtake/core/agreements/agreement'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { notFound } from '../problem.ts'
import type { FileSet, StoredFile } from './portfolio-store.ts'

/** An agreement with the file that says it. */
export interface FiledAgreement {
  readonly agreement: Agreement
  readonly file: StoredFile
}

export function requireAgreement(set: FileSet, portfolio: Portfolio, id: string): FiledAgreement {
  const agreement = portfolio.agreements.find((one) => one.id === id)
  const file = agreement && fileOfAgreement(set, id)
  if (!file) throw notFound('agreement', id)
  return { agreement, file }
}

/** Every agreement with its file, in order of ids. */
export function filedAgreements(set: FileSet, portfolio: Portfolio): FiledAgreement[] {
  return portfolio.agreements
    .map(({ id }) => requireAgreement(set, portfolio, id))
    .sort((a, b) => (a.agreement.id < b.agreement.id ? -1 : 1))
}

/** Files are looked at by their words first, since to take each apart takes its time; an id may be written with escapes. */
function fileOfAgreement({ files }: FileSet, id: string): StoredFile | undefined {
  const all = files.filter(({ path }) => path.startsWith('agreements/'))
  const likely = all.filter(({ text }) => text.includes(id))
  return [...likely, ...all].find((file) => idIn(file) === id)
}

const ids = new WeakMap<StoredFile, string>()

function idIn(file: StoredFile): string {
  const id = ids.get(file) ?? agreementIdIn(file.text) ?? ''
  ids.set(file, id)
  return id
}
