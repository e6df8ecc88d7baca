import "@mantine/core/styles.css"
import "./shell/style.css"
import { createTheme, MantineProvider } from "@mantine/core"
import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { RouterProvider } from "@tanstack/react-router"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { ApiProblem } from "./api/call.ts"
import { router } from "./shell/router.tsx"
import { LanguageProvider } from "./text/language.tsx"

const FONTS = '"Noto Sans TC", "Noto Sans CJK TC", "Microsoft JhengHei", "PingFang TC", sans-serif'

const theme = createTheme({
  primaryColor: "teal",
  primaryShade: { light: 9, dark: 5 },
  fontFamily: FONTS,
  headings: { fontFamily: FONTS, fontWeight: "600" },
  fontSizes: { xs: "0.8125rem", sm: "0.9375rem", md: "1rem", lg: "1.125rem", xl: "1.25rem" },
  defaultRadius: "sm",
})

const queries = new QueryClient({
  defaultOptions: {
    // A refusal will be the same the second time.
    queries: { retry: (count, error) => !(error instanceof ApiProblem) && count < 2, staleTime: 2_000 },
  },
})

const root = document.getElementById("root")
if (root === null) throw new Error("index.html has a root")
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
