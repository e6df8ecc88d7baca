import { createRootRoute, createRoute, createRouter } from "@tanstack/react-router"
import { FirstAdministratorPage, SetPasswordPage } from "../features/access/link-pages.tsx"
import { DeliveriesPage } from "../features/deliveries/list-page.tsx"
import { DeliveryPage } from "../features/deliveries/detail-page.tsx"
import { ProjectsPage } from "../features/deliveries/projects-page.tsx"
import { ProvidersPage } from "../features/deliveries/providers-page.tsx"
import { LedgerPage } from "../features/ledger/ledger-page.tsx"
import { PeoplePage } from "../features/people/people-page.tsx"
import { RegisterPage } from "../features/register/register-page.tsx"
import { TasksPage } from "../features/tasks/tasks-page.tsx"
import type { ListSearch } from "../ui/list-search.ts"
import { Frame, OpenFrame } from "./frame.tsx"
import { NotFoundPage } from "./not-found.tsx"

const root = createRootRoute({ notFoundComponent: NotFoundPage })
const signedIn = createRoute({ getParentRoute: () => root, id: "signed-in", component: Frame })
const open = createRoute({ getParentRoute: () => root, id: "open", component: OpenFrame })
const validateSearch = (search: Record<string, unknown>): ListSearch => search

const pages = [
  createRoute({ getParentRoute: () => signedIn, path: "/", component: TasksPage }),
  createRoute({
    getParentRoute: () => signedIn,
    path: "/deliveries",
    component: DeliveriesPage,
    validateSearch,
  }),
  createRoute({ getParentRoute: () => signedIn, path: "/deliveries/projects", component: ProjectsPage }),
  createRoute({ getParentRoute: () => signedIn, path: "/deliveries/providers", component: ProvidersPage }),
  createRoute({ getParentRoute: () => signedIn, path: "/deliveries/$id", component: DeliveryPage }),
  createRoute({ getParentRoute: () => signedIn, path: "/register", component: RegisterPage, validateSearch }),
  createRoute({ getParentRoute: () => signedIn, path: "/people", component: PeoplePage, validateSearch }),
  createRoute({ getParentRoute: () => signedIn, path: "/ledger", component: LedgerPage, validateSearch }),
]
const openPages = [
  createRoute({
    getParentRoute: () => open,
    path: "/first-administrator",
    component: FirstAdministratorPage,
  }),
  createRoute({ getParentRoute: () => open, path: "/set-password", component: SetPasswordPage }),
]

export const router = createRouter({
  routeTree: root.addChildren([signedIn.addChildren(pages), open.addChildren(openPages)]),
})

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router
  }
}
