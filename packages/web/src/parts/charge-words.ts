const KINDS: Readonly<Record<string, string>> = {
  use: 'use of what is committed',
  spot: 'spot use',
  onDemand: 'on-demand use',
  fixed: 'fixed sums',
  unused: 'paid and not used (take or pay)',
  trueUp: 'true-up of commitments',
  lateCredit: 'credits for late delivery',
  slaCredit: 'credits for availability',
}

/** What a charge is for, as people say it. */
export function kindText(kind: string): string {
  return KINDS[kind] ?? kind
}
