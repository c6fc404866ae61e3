/** Kinds of routes by what they tell of, so that an event makes exactly what it may have changed be read anew. */
const JOBS = ['listJobs', 'showJob', 'showQueue']
const FLEET = ['listPools', 'listNodes', 'showFleetMap', 'listOutages', 'showAttention']
const HOLDINGS = [
  'listTenants',
  'showTenant',
  'listServices',
  'showService',
  'showServiceHistory',
  'showUsage',
]
const WINDOWS = ['listWindows', 'showWindow']

/** What somebody did at the desk carries no events: it may have changed anything but what is running. */
const DESK = [
  'listAgreements',
  'showAgreement',
  'listAgreementVersions',
  'listApprovals',
  'showApproval',
  'showAttention',
  'showPortfolio',
  'showCapacity',
  'listCommitments',
  'listObligations',
  'showCharges',
  'listMonthlyCharges',
  'showCalendar',
  'showAgreementCalendar',
  'listTenants',
  'showTenant',
  'listServices',
  'showService',
  'showAudit',
  'listTokens',
]

/** The ids of the routes whose answers events of these kinds may have changed. */
export function concernedBy(kinds: Iterable<string>): ReadonlySet<string> {
  const concerned = new Set<string>()
  let some = false
  for (const kind of kinds) {
    some = true
    for (const id of concernedByOne(kind)) concerned.add(id)
  }
  return some ? concerned : new Set(DESK)
}

function concernedByOne(kind: string): readonly string[] {
  // Machines and quotas come and go with the portfolio, which has changed with them.
  if (/^(?:poolOpened|nodesAdded|nodesRemoved|tenantsSet|termsSet)$/.test(kind))
    return [...DESK, ...FLEET, ...JOBS, ...HOLDINGS]
  if (kind.startsWith('window')) return [...WINDOWS, ...FLEET]
  if (/^(?:node|outage|drain|leave|pool)/.test(kind)) return [...FLEET, ...JOBS, 'showCapacity']
  if (kind.startsWith('terms')) return [...HOLDINGS, 'listCommitments', 'showAttention']
  if (kind === 'submitted' || kind === 'outlasted' || kind === 'paceChanged') return JOBS
  return [...JOBS, ...FLEET, ...HOLDINGS]
}
