import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { agreementSearch, agreementsSearch, approvalsSearch } from '../pages/agreements/agreements-search.ts'
import { auditSearch } from '../pages/audit/audit-search.ts'
import { capacitySearch } from '../pages/capacity/capacity-search.ts'
import { costSearch } from '../pages/cost/cost-search.ts'
import { fleetSearch } from '../pages/fleet/fleet-search.ts'
import { applySearch, serviceSearch, servicesSearch } from '../pages/services/services-search.ts'
import { tenantSearch, tenantsSearch } from '../pages/tenants/tenants-search.ts'
import { bookSearch } from '../pages/windows/book-search.ts'
import { jobSearch } from '../pages/workloads/job/job-search.ts'
import { workloadsSearch } from '../pages/workloads/workloads-search.ts'
import { Failure } from '../parts/failure.tsx'
import { NotFound } from './not-found.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => <Failure error={error} again={reset} />,
})

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/overview/overview-page.tsx'), 'OverviewPage'),
})

const agreements = createRoute({
  getParentRoute: () => root,
  path: '/agreements',
  validateSearch: agreementsSearch,
  component: lazyRouteComponent(() => import('../pages/agreements/agreements-page.tsx'), 'AgreementsPage'),
})

const newAgreement = createRoute({
  getParentRoute: () => root,
  path: '/agreements/new',
  component: lazyRouteComponent(
    () => import('../pages/agreements/new-agreement-page.tsx'),
    'NewAgreementPage',
  ),
})

const agreement = createRoute({
  getParentRoute: () => root,
  path: '/agreements/$id',
  validateSearch: agreementSearch,
  component: lazyRouteComponent(() => import('../pages/agreements/agreement-page.tsx'), 'AgreementPage'),
})

const approvals = createRoute({
  getParentRoute: () => root,
  path: '/agreements/approvals',
  validateSearch: approvalsSearch,
  component: lazyRouteComponent(() => import('../pages/agreements/approvals-page.tsx'), 'ApprovalsPage'),
})

const approval = createRoute({
  getParentRoute: () => root,
  path: '/agreements/approvals/$id',
  component: lazyRouteComponent(() => import('../pages/agreements/approval-page.tsx'), 'ApprovalPage'),
})

const capacity = createRoute({
  getParentRoute: () => root,
  path: '/capacity',
  validateSearch: capacitySearch,
  component: lazyRouteComponent(() => import('../pages/capacity/capacity-page.tsx'), 'CapacityPage'),
})

const cost = createRoute({
  getParentRoute: () => root,
  path: '/cost',
  validateSearch: costSearch,
  component: lazyRouteComponent(() => import('../pages/cost/cost-page.tsx'), 'CostPage'),
})

const workloads = createRoute({
  getParentRoute: () => root,
  path: '/workloads',
  validateSearch: workloadsSearch,
  component: lazyRouteComponent(() => import('../pages/workloads/workloads-page.tsx'), 'WorkloadsPage'),
})

const submit = createRoute({
  getParentRoute: () => root,
  path: '/workloads/submit',
  component: lazyRouteComponent(() => import('../pages/workloads/submit/submit-page.tsx'), 'SubmitPage'),
})

const job = createRoute({
  getParentRoute: () => root,
  path: '/workloads/$id',
  validateSearch: jobSearch,
  component: lazyRouteComponent(() => import('../pages/workloads/job/job-page.tsx'), 'JobPage'),
})

const services = createRoute({
  getParentRoute: () => root,
  path: '/services',
  validateSearch: servicesSearch,
  component: lazyRouteComponent(() => import('../pages/services/services-page.tsx'), 'ServicesPage'),
})

const applied = createRoute({
  getParentRoute: () => root,
  path: '/services/apply',
  validateSearch: applySearch,
  component: lazyRouteComponent(() => import('../pages/services/apply-page.tsx'), 'ApplyPage'),
})

const service = createRoute({
  getParentRoute: () => root,
  path: '/services/$id',
  validateSearch: serviceSearch,
  component: lazyRouteComponent(() => import('../pages/services/served/served-page.tsx'), 'ServicePage'),
})

const tenants = createRoute({
  getParentRoute: () => root,
  path: '/tenants',
  validateSearch: tenantsSearch,
  component: lazyRouteComponent(() => import('../pages/tenants/tenants-page.tsx'), 'TenantsPage'),
})

const book = createRoute({
  getParentRoute: () => root,
  path: '/tenants/book',
  validateSearch: bookSearch,
  component: lazyRouteComponent(() => import('../pages/windows/book-page.tsx'), 'BookPage'),
})

const tenant = createRoute({
  getParentRoute: () => root,
  path: '/tenants/$id',
  validateSearch: tenantSearch,
  component: lazyRouteComponent(() => import('../pages/tenants/tenant/tenant-page.tsx'), 'TenantPage'),
})

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('../pages/audit/audit-page.tsx'), 'AuditPage'),
})

const fleet = createRoute({
  getParentRoute: () => root,
  path: '/fleet',
  validateSearch: fleetSearch,
  component: lazyRouteComponent(() => import('../pages/fleet/fleet-page.tsx'), 'FleetPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    agreements,
    newAgreement,
    approvals,
    approval,
    agreement,
    capacity,
    fleet,
    workloads,
    submit,
    job,
    services,
    applied,
    service,
    tenants,
    book,
    tenant,
    cost,
    audit,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
