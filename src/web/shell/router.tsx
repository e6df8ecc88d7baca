import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router"
import { readListSearch } from "../ui/lists/list-search.ts"
import { Frame, OpenFrame } from "./frame.tsx"
import { NotFoundPage } from "./not-found.tsx"
import { PageError } from "./page-error.tsx"

const root = createRootRoute({ notFoundComponent: NotFoundPage })
const signedIn = createRoute({ getParentRoute: () => root, id: "signed-in", component: Frame })
const open = createRoute({ getParentRoute: () => root, id: "open", component: OpenFrame })

const pages = [
  createRoute({
    getParentRoute: () => signedIn,
    path: "/",
    component: lazyRouteComponent(() => import("../features/tasks/tasks-page.tsx"), "TasksPage"),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/deliveries",
    component: lazyRouteComponent(() => import("../features/deliveries/list-page.tsx"), "DeliveriesPage"),
    validateSearch: readListSearch,
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/deliveries/projects",
    component: lazyRouteComponent(() => import("../features/deliveries/projects-page.tsx"), "ProjectsPage"),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/deliveries/providers",
    component: lazyRouteComponent(() => import("../features/providers/providers-page.tsx"), "ProvidersPage"),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/deliveries/$id",
    component: lazyRouteComponent(() => import("../features/deliveries/detail-page.tsx"), "DeliveryPage"),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/register",
    component: lazyRouteComponent(() => import("../features/register/register-page.tsx"), "RegisterPage"),
    validateSearch: readListSearch,
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/register/late",
    component: lazyRouteComponent(() => import("../features/register/late-page.tsx"), "LatePage"),
    validateSearch: readListSearch,
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/outside-accounts",
    component: lazyRouteComponent(() => import("../features/providers/outside-page.tsx"), "OutsidePage"),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/vendors",
    component: lazyRouteComponent(() => import("../features/vendors/vendors-page.tsx"), "VendorsPage"),
    validateSearch: readListSearch,
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/vendors/$id",
    component: lazyRouteComponent(() => import("../features/vendors/vendor-page.tsx"), "VendorPage"),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/vendors/agreements/$id",
    component: lazyRouteComponent(() => import("../features/vendors/agreement-page.tsx"), "AgreementPage"),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/people",
    component: lazyRouteComponent(() => import("../features/people/people-page.tsx"), "PeoplePage"),
    validateSearch: readListSearch,
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/personnel-changes",
    component: lazyRouteComponent(() => import("../features/handover/changes-page.tsx"), "ChangesPage"),
    validateSearch: readListSearch,
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/personnel-changes/$id",
    component: lazyRouteComponent(() => import("../features/handover/change-page.tsx"), "ChangePage"),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/people/roster",
    component: lazyRouteComponent(() => import("../features/people/roster-page.tsx"), "RosterPage"),
    validateSearch: readListSearch,
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/people/import",
    component: lazyRouteComponent(() => import("../features/people/import-page.tsx"), "ImportPage"),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/people/$id",
    component: lazyRouteComponent(() => import("../features/people/person-page.tsx"), "PersonPage"),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/ledger",
    component: lazyRouteComponent(() => import("../features/ledger/ledger-page.tsx"), "LedgerPage"),
    validateSearch: readListSearch,
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/account",
    component: lazyRouteComponent(() => import("../features/access/own-page.tsx"), "OwnPage"),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/settings",
    component: lazyRouteComponent(() => import("../features/settings/settings-page.tsx"), "SettingsPage"),
  }),
]
const openPages = [
  createRoute({
    getParentRoute: () => open,
    path: "/first-administrator",
    component: lazyRouteComponent(
      () => import("../features/access/link-pages.tsx"),
      "FirstAdministratorPage",
    ),
  }),
  createRoute({
    getParentRoute: () => open,
    path: "/set-password",
    component: lazyRouteComponent(() => import("../features/access/link-pages.tsx"), "SetPasswordPage"),
  }),
]

export const router = createRouter({
  routeTree: root.addChildren([signedIn.addChildren(pages), open.addChildren(openPages)]),
  defaultErrorComponent: PageError,
})

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router
  }
}
