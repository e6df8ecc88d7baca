import { fork, type ChildProcess } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { CompileReply, CompileRequest } from "./compile-process.ts"

/** The document could not be made; `message` says why without quoting the data. */
export class PdfError extends Error {
  override readonly name = "PdfError"
}

/** Too many documents wait already; nothing was made, the caller may try again. */
export class PdfQueueFullError extends Error {
  override readonly name = "PdfQueueFullError"
}

export interface PdfRenderer {
  /** @throws PdfError, PdfQueueFullError */
  readonly render: (template: string, data: object) => Promise<Uint8Array>
  /** Ends the compiler process; documents in the making or waiting are refused. */
  readonly close: () => void
}

export interface PdfRendererOptions {
  /** Documents that may wait, the one in the making included. */
  readonly capacity?: number
  readonly timeoutMs?: number
  /** Where 全字庫 is looked for instead of the system's directories. */
  readonly fontDirectories?: readonly string[]
}

const COMPILER = fileURLToPath(new URL("./compile-process.ts", import.meta.url))

/**
 * Makes PDF/A-2b one document at a time in a process of its own: the compiler is synchronous and a fault in
 * it aborts its whole process. The process starts with the first document, survives until `close` or a fault,
 * never keeps this one alive, and sees none of its environment.
 */
export function createPdfRenderer(options: PdfRendererOptions = {}): PdfRenderer {
  const { capacity = 32, timeoutMs = 120_000, fontDirectories } = options
  let compiler: ChildProcess | undefined
  let isClosed = false
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()

  const compile = (request: CompileRequest): Promise<Uint8Array> => {
    if (isClosed) throw new PdfError("The program is ending; the document was not made")
    if (compiler === undefined || !compiler.connected || compiler.killed) compiler = startCompiler()
    return ask(compiler, request, timeoutMs)
  }
  return {
    render(template, data) {
      if (waiting >= capacity)
        return Promise.reject(new PdfQueueFullError(`${capacity} documents are waiting already`))
      waiting += 1
      const request = { template, data: JSON.stringify(data), ...(fontDirectories && { fontDirectories }) }
      const made = last.then(() => compile(request)).finally(() => (waiting -= 1))
      last = made.catch(() => undefined)
      return made
    },
    close() {
      isClosed = true
      compiler?.kill()
    },
  }
}

let shared: PdfRenderer | undefined

/**
 * The PDF of `template`, an absolute path of a .typ file or Typst source, with `data` as its
 * `json(bytes(sys.inputs.data))`. Nothing of `data` is ever read as markup.
 * @throws PdfError, PdfQueueFullError
 */
export function renderPdf(template: string, data: object): Promise<Uint8Array> {
  shared ??= createPdfRenderer()
  return shared.render(template, data)
}

function startCompiler(): ChildProcess {
  const child = fork(COMPILER, [], { serialization: "advanced", execArgv: [], env: {}, stdio: "ignore" })
  child.on("error", () => undefined)
  keepAlive(child, false)
  return child
}

/** Sends one request and waits for its reply, the end of the process or the time limit. */
function ask(child: ChildProcess, request: CompileRequest, timeoutMs: number): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
  const onReply = (reply: CompileReply) => {
    if (reply.ok) resolve(reply.pdf)
    else reject(new PdfError(`The document could not be made: ${reply.reason}`))
  }
  const onEnd = () => reject(new PdfError("The document compiler ended before the document was made"))
  const timer = setTimeout(() => {
    child.kill("SIGKILL")
    reject(new PdfError(`The document was not made within ${timeoutMs} ms`))
  }, timeoutMs)
  keepAlive(child, true)
  child.once("message", onReply).once("disconnect", onEnd)
  child.send(request, (error) => {
    if (error !== null) onEnd()
  })
  return promise.finally(() => {
    clearTimeout(timer)
    child.off("message", onReply).off("disconnect", onEnd)
    keepAlive(child, false)
  })
}

/** Whether `child` keeps this process from ending. */
function keepAlive(child: ChildProcess, isWanted: boolean): void {
  const action = isWanted ? "ref" : "unref"
  child[action]()
  child.channel?.[action]()
}
