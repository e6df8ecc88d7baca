import react from "@vitejs/plugin-react"
import { join } from "node:path"
import { defineConfig } from "vite"

const ROOT = import.meta.dirname

/** The screens, built into an ignored folder that `app/pages.ts` serves. */
export default defineConfig({
  root: join(ROOT, "src/web"),
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: join(ROOT, "dist/web"),
    emptyOutDir: true,
    target: "es2022",
    // The first versions that know light-dark(); older targets get a rewriting that misses our colour scheme.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // The content security policy allows no data: scripts, and inlined files are never cached apart.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
})
