import js from "@eslint/js"
import reactHooks from "eslint-plugin-react-hooks"
import tseslint from "typescript-eslint"

const PLATFORM_ONLY = [
  { selector: "CallExpression[callee.name='Date']", message: "Time comes from platform/clock.ts." },
  {
    selector: "VariableDeclarator[init.name='Date'] > ObjectPattern",
    message: "Time comes from platform/clock.ts.",
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "Time comes from platform/clock.ts.",
  },
  {
    selector:
      "MemberExpression[object.name='Date'][property.name='now'], MemberExpression[object.property.name='Date'][property.name='now']",
    message: "Time comes from platform/clock.ts.",
  },
  {
    selector: "MemberExpression[property.name='randomUUID'], ImportSpecifier[imported.name='randomUUID']",
    message: "Ids come from platform/ids.ts.",
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: "Randomness comes from node:crypto.",
  },
]
const NO_MOCKS = {
  selector: "CallExpression[callee.object.name='vi'][callee.property.name=/^(mock|doMock)$/]",
  message: "Own code is never mocked.",
}

export default tseslint.config(
  { ignores: ["node_modules", "dist", "data", "keys", "docs", "src/platform/db/schema.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ["./tsconfig.json", "./src/web/tsconfig.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-restricted-syntax": ["error", ...PLATFORM_ONLY, NO_MOCKS],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/only-throw-error": "error",
      // An underscore says that a member is taken out on purpose.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", destructuredArrayIgnorePattern: "^_" },
      ],
      "@typescript-eslint/no-misused-spread": "off",
      "no-irregular-whitespace": ["error", { skipStrings: true, skipTemplates: true }],
      "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: true }],
    },
  },
  {
    files: ["src/platform/clock.ts", "src/platform/ids.ts", "tests/**", "bench/**", "tools/**"],
    rules: { "no-restricted-syntax": ["error", NO_MOCKS] },
  },
  {
    files: ["src/web/**"],
    plugins: { "react-hooks": reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ["**/*.js", "**/*.mjs", "**/*.cjs"],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { globals: { module: "writable" }, parserOptions: { project: false } },
  },
)
