const TEXTS: Readonly<Record<string, string>> = {
  agreementAdded: 'added',
  agreementAmended: 'amended',
  agreementSigned: 'signed',
  trancheDelivered: 'a tranche was handed over',
  trancheDelayed: 'a tranche comes later',
  optionExercised: 'an option was exercised',
  portfolioImported: 'the portfolio was imported',
  quotaSet: 'a quota was set',
}

/** What was done, for people; the word of the audit where there is no better one. */
export function actionText(action: string): string {
  return TEXTS[action] ?? action
}

const REASONS: Readonly<Record<string, string>> = {
  agreementSigned: 'is signed by it',
  agreementChanged: 'binds in another way',
  agreementRemoved: 'is removed though it is signed',
  optionExercised: 'is exercised by it',
  quotaChanged: 'has another quota',
}

/** Why a change needs a second person. */
export function reasonText({ what, target }: { readonly what: string; readonly target: string }): string {
  return `${target} ${REASONS[what] ?? what}`
}
