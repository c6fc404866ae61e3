import type { AgreementRow } from '@offtake/contract/api/agreement'

export const STATE_TONES = {
  draft: 'quiet',
  signed: 'accent',
  active: 'good',
  ended: 'quiet',
} as const satisfies Record<AgreementRow['state'], string>

/** Why an agreement is not part of the sums, in a few words; nothing where it is. */
export const STANDING_TEXTS: Readonly<Record<string, string>> = {
  overlapping: 'counted elsewhere',
  notBinding: 'not binding',
  contingent: 'depends on others',
}

/** The words of the format as people read them: 'letterOfIntent' as 'letter of intent'. */
export function plainWords(word: string): string {
  return word.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`).trim()
}

export const APPROVAL_TONES = { waiting: 'caution', approved: 'good', rejected: 'quiet' } as const
