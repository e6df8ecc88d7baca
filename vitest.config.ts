import { defineConfig } from "vitest/config"

/** The file name says the ring: `.test.ts` pure, `.db.test.ts` on the real database, `.browser.test.ts` in Chromium. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "pure",
          include: ["{src,tests,tools,bench}/**/*.test.ts"],
          exclude: ["**/*.db.test.ts", "**/*.browser.test.ts", "node_modules"],
        },
      },
      {
        test: {
          name: "database",
          include: ["{src,tests,tools}/**/*.db.test.ts"],
          globalSetup: ["tests/support/database-server.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "browser",
          include: ["tests/browser/**/*.browser.test.ts"],
          globalSetup: ["tests/support/database-server.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
