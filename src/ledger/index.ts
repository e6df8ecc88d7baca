export { appendInTx, openLedger, type Ledger } from "./append.ts"
export { openCheckpoint, parseVerifierKey, verifierKey, type Checkpoint } from "./checkpoint.ts"
export { LedgerError, stateDigest, type Entry, type NewEntry } from "./entry.ts"
export { exportLedger } from "./export/export.ts"
export { extendsHead, proveInclusion } from "./export/prove.ts"
export { recordedDigest, verifyAggregates, type VerifiedAggregate } from "./findings/aggregates.ts"
export { clockSet, type ClockReading, type LedgerFinding } from "./findings/findings.ts"
export { verifyClock, verifyTables } from "./findings/verify-tables.ts"
export { verifyPayloads } from "./findings/verify-payloads.ts"
export { rememberHead, witnessHead } from "./findings/witness.ts"
export {
  browseEntries,
  MAX_COUNTED,
  readEntry,
  readHead,
  type EntryFilter,
  type EntryPage,
  type Head,
  type OpenedPayload,
} from "./read.ts"
export { countSealed, destroySealKey, rewrapSealKeys } from "./seal.ts"
export { createSequencer, type Sequencer } from "./sequencer.ts"
export { verifyBundle, type Verified, type VerifyOptions } from "./verify/bundle.ts"
export { VerificationFailure } from "./verify/failure.ts"
export { verifyProof, type ProvenEntry } from "./verify/proofs.ts"
