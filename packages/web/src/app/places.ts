import { listAgreements } from '@offtake/contract/api/agreement-routes'
import { showAudit } from '@offtake/contract/api/audit-routes'
import { showCapacity } from '@offtake/contract/api/capacity-routes'
import { listObligations } from '@offtake/contract/api/finance-routes'
import { showFleetMap } from '@offtake/contract/api/fleet-map-routes'
import { listJobs } from '@offtake/contract/api/job-routes'
import { listPools } from '@offtake/contract/api/pool-routes'
import type { Route } from '@offtake/contract/api/route'
import { listServices } from '@offtake/contract/api/served-routes'
import { listTenants } from '@offtake/contract/api/tenant-routes'
import {
  IconCoin,
  IconFileText,
  IconGridDots,
  IconLayoutDashboard,
  IconListSearch,
  IconServer2,
  IconStack2,
  IconStairsUp,
  IconUsersGroup,
} from '@tabler/icons-react'

/** The pages in the order of the flow: what we signed, what we have, who gets what, what it costs. */
export const PLACES = [
  { to: '/', label: 'Overview', icon: IconLayoutDashboard, needs: may(listPools) },
  { to: '/agreements', label: 'Agreements', icon: IconFileText, needs: may(listAgreements) },
  { to: '/capacity', label: 'Capacity', icon: IconStairsUp, needs: may(showCapacity) },
  { to: '/fleet', label: 'Fleet', icon: IconGridDots, needs: may(showFleetMap) },
  { to: '/workloads', label: 'Workloads', icon: IconStack2, needs: may(listJobs) },
  { to: '/services', label: 'Services', icon: IconServer2, needs: may(listServices) },
  { to: '/tenants', label: 'Tenants', icon: IconUsersGroup, needs: may(listTenants) },
  { to: '/cost', label: 'Cost', icon: IconCoin, needs: may(listObligations) },
  { to: '/audit', label: 'Audit', icon: IconListSearch, needs: may(showAudit) },
] as const

/** Who may ask it is all that counts here. */
function may(route: Pick<Route, 'may'>): Pick<Route, 'may'> {
  return route
}
