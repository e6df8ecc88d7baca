import { unreachable } from "./problem.ts"

export interface Following {
  /** Bytes sent so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Sends bytes by XMLHttpRequest, the only way in which a browser tells how far an upload is.
 * Throws ApiProblem when no answer comes, AbortError when `signal` says stop.
 */
export function transmit(method: string, address: string, bytes: Blob, { onProgress, signal }: Following) {
  return new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const request = new XMLHttpRequest()
    const stop = () => request.abort()
    request.open(method, address)
    request.setRequestHeader("content-type", "application/octet-stream")
    request.upload.onprogress = (event) => onProgress?.(event.loaded)
    request.onload = () => resolve({ status: request.status, text: request.responseText })
    request.onerror = () => reject(unreachable())
    request.onabort = () => reject(new DOMException("stopped", "AbortError"))
    request.onloadend = () => signal?.removeEventListener("abort", stop)
    signal?.addEventListener("abort", stop)
    request.send(bytes)
    if (signal?.aborted === true) stop()
  })
}
