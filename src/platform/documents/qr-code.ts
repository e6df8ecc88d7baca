import { toString } from "qrcode"

/** A QR code of `text` as SVG, error correction M (ISO/IEC 18004), for templates' `image(bytes(…))`. */
export function qrSvg(text: string): Promise<string> {
  return toString(text, { type: "svg", errorCorrectionLevel: "M", margin: 0 })
}
