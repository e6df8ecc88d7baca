/** The walls of the house. Only the layers are listed; modules are found by their folder. */
const LAYERS = ["kernel", "regulation", "contract", "platform", "ledger", "runtime", "modules", "app"]
const PURE = "^src/(kernel|regulation|contract)/"
const TEST = "\\.test\\.tsx?$|-fixture\\.ts$"

const arrows = LAYERS.slice(0, -1).map((layer, index) => ({
  name: `${layer}-knows-nothing-above-it`,
  comment:
    "Arrows point one way: kernel ← regulation ← contract ← platform ← ledger ← runtime ← modules ← app.",
  severity: "error",
  from: { path: `^src/${layer}/`, pathNot: TEST },
  to: { path: `^src/(${LAYERS.slice(index + 1).join("|")})/` },
}))

module.exports = {
  forbidden: [
    ...arrows,
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "front-door-only",
      comment: "A module is entered by index.ts (server) or contract.ts (web, tests).",
      severity: "error",
      from: { path: "^src/modules/([^/]+)/" },
      to: { path: "^src/modules/", pathNot: ["^src/modules/$1/", "/(index|contract)\\.ts$"] },
    },
    {
      name: "front-door-only-from-outside",
      severity: "error",
      // Builders of given/when/then tests of pure rules; a test file itself may not be imported.
      from: { pathNot: ["^src/modules/", "^tests/support/"] },
      to: { path: "^src/modules/[^/]+/", pathNot: "^src/modules/[^/]+/(index|contract)\\.ts$" },
    },
    {
      name: "rules-and-models-are-pure",
      comment: "rules.ts and model.ts know only kernel, regulation and their own folder's pure files.",
      severity: "error",
      from: { path: "^src/modules/([^/]+)/(rules|model)(/|\\.ts$)", pathNot: TEST },
      to: {
        pathNot: ["^src/(kernel|regulation)/", "^src/modules/$1/"],
      },
    },
    {
      name: "rules-and-models-touch-nothing",
      severity: "error",
      from: { path: "^src/modules/([^/]+)/(rules|model)(/|\\.ts$)", pathNot: TEST },
      to: { path: "^src/modules/[^/]+/([^/]*store|reads|routes|jobs|index|commands/.*)(\\.ts)?$" },
    },
    {
      name: "pure-layers-touch-no-machine",
      comment:
        "A digest is arithmetic, so node:crypto may stay; what the browser reaches may not even have that.",
      severity: "error",
      from: { path: PURE, pathNot: TEST },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?crypto$" },
    },
    {
      name: "contracts-are-for-the-web-too",
      comment: "What the browser loads must not reach the server's parts.",
      severity: "error",
      from: { path: "^src/modules/([^/]+)/(contract|views|contracts/[^/]+)\\.ts$" },
      to: {
        pathNot: [
          "^src/(kernel|regulation|contract)/",
          "^src/modules/[^/]+/contract\\.ts$",
          "^src/modules/$1/(model|views|contracts/[^/]+)\\.ts$",
          "^node_modules/zod/",
        ],
      },
    },
    {
      name: "web-sees-contracts-only",
      severity: "error",
      from: { path: "^src/web/", pathNot: TEST },
      to: {
        path: "^src/",
        pathNot: ["^src/(web|kernel|regulation|contract)/", "^src/modules/[^/]+/contract\\.ts$"],
      },
    },
    {
      name: "nobody-imports-the-web",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/web/" },
      to: { path: "^src/web/" },
    },
    {
      name: "web-reaches-no-machine",
      severity: "error",
      from: { path: "^src/web/", pathNot: TEST },
      to: {
        path: "^(node:)?(crypto|fs|path|os|net|child_process|stream|buffer|worker_threads)(/|$)",
        reachable: true,
      },
    },
    {
      name: "nothing-is-unresolved",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "development-parts-stay-out",
      comment: "What ships must not lean on a development dependency.",
      severity: "error",
      from: { path: "^src/", pathNot: TEST },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only", "npm"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    moduleSystems: ["es6"],
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".json"],
    },
  },
}
