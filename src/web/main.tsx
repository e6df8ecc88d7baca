import "@mantine/core/styles.css"
import "./shell/style.css"
import { MantineProvider } from "@mantine/core"
import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { RouterProvider } from "@tanstack/react-router"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { ApiProblem } from "./api/problem.ts"
import { router } from "./shell/router.tsx"
import { theme } from "./shell/theme.ts"
import { LanguageProvider } from "./text/language.tsx"

/** A refusal will be the same the second time; a connection or a peer that was away may be back. */
function mayDiffer(failures: number, error: unknown): boolean {
  return failures < 2 && error instanceof ApiProblem && (error.status === 0 || error.status === 503)
}

const queries = new QueryClient({
  defaultOptions: { queries: { retry: mayDiffer, staleTime: 2_000, networkMode: "always" } },
})

const root = document.getElementById("root")
if (root === null) throw new Error("index.html has a root")
// A file dropped beside its field would otherwise be opened in the place of the page, and what was typed be lost.
for (const kind of ["dragover", "drop"] as const)
  addEventListener(kind, (event) => {
    if (event.defaultPrevented || event.dataTransfer?.types.includes("Files") !== true) return
    event.preventDefault()
    event.dataTransfer.dropEffect = "none"
  })

createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </LanguageProvider>
  </StrictMode>,
)
