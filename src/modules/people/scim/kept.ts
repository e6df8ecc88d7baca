import SCIMMY from "scimmy"

const { User, Group, EnterpriseUser } = SCIMMY.Schemas

/** What is said of a person here; clients send much more, such as telephone numbers, of which nothing is kept. */
const SAID = ["schemas", "id", "externalId", "meta", "userName", "name", "displayName", "title", "active"]
/** Told, never taken: the address is `userName`, groups change by their members. */
const TOLD = ["emails", "groups"]
const NAMES = User.definition.attributes.map(({ name }) => name)
const PASSED_OVER = new Set(NAMES.filter((name) => !SAID.includes(name)).map((name) => name.toLowerCase()))
User.truncate(NAMES.filter((name) => ![...SAID, ...TOLD].includes(name)))

const CORE = [`${User.id}:`.toLowerCase(), `${Group.id}:`.toLowerCase()]

/** The path without the name of the schema that it may begin with. */
function shortPath(path: string): string {
  const prefix = CORE.find((known) => path.toLowerCase().startsWith(known))
  return prefix === undefined ? path : path.slice(prefix.length)
}

function attributeOf(path: string): string {
  return (shortPath(path).split(/[.[]/)[0] ?? "").toLowerCase()
}

/** Standard attributes that are not kept: a leaver's `active` must not fail for the telephone number beside it. */
function isPassedOver(path: string): boolean {
  return path.toLowerCase().startsWith(EnterpriseUser.id.toLowerCase()) || PASSED_OVER.has(attributeOf(path))
}

/** Entra ID says "True" and "False" in words. */
function valueOf(path: string, value: unknown): unknown {
  if (attributeOf(path) !== "active" || typeof value !== "string") return value
  return { true: true, false: false }[value.toLowerCase()] ?? value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** What a resource as sent says that is kept. */
export function keptOf(resource: unknown): unknown {
  if (!isObject(resource)) return resource
  const entries = Object.entries(resource)
    .filter(([path]) => !isPassedOver(path))
    .map(([path, value]) => [shortPath(path), valueOf(path, value)] as const)
  return Object.fromEntries(entries)
}

/** A PatchOp as sent with only the operations on what is kept; there may be none. */
export function keptOperations(message: unknown): unknown {
  if (!isObject(message) || !Array.isArray(message["Operations"])) return message
  return { ...message, Operations: message["Operations"].flatMap(keptOperation) }
}

function keptOperation(operation: unknown): unknown[] {
  if (!isObject(operation)) return [operation]
  const { path, value } = operation
  if (typeof path === "string")
    return isPassedOver(path) ? [] : [{ ...operation, path: shortPath(path), value: valueOf(path, value) }]
  if (path !== undefined || !isObject(value)) return [operation]
  const kept = keptOf(value)
  return isObject(kept) && Object.keys(kept).length === 0 ? [] : [{ ...operation, value: kept }]
}
