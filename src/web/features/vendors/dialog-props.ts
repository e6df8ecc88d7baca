import type { AgreementView } from "../../../modules/vendors/contract.ts"

export interface Closable {
  readonly onClose: () => void
}

export interface AgreementDialogProps extends Closable {
  readonly agreement: AgreementView
}
