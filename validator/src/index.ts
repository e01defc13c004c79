export { type Config, loadConfig } from './config.ts'
export { ConfigError } from './errors/config.ts'
export {
  JournalConflictError,
  JournalKeyMismatchError,
  JournalLockedError,
  JournalUnreadableError,
} from './errors/journal.ts'
export { ExternalSignerError, KeySourceError, KeystoreError, SignerMismatchError } from './errors/keys.ts'
export { PeerAnswerError } from './errors/peers.ts'
export {
  FeeCapError,
  SenderEmptyError,
  TransactionRevertedError,
  TransactionStuckError,
} from './errors/transactions.ts'
export { NODE_REASONS } from './examine/reasons.ts'
export { Journal, type RecordedStatement, type Statement } from './journal/journal.ts'
export { createLogger, type Logger } from './logger.ts'
export { createValidatorNode, type NodeStatus, type ValidatorNode, type ValidatorNodeOptions } from './node.ts'
export type { Reason, Report, ReportItem } from './report/report.ts'
export { externalSigner } from './signer/external.ts'
export { newPrivateKey, readKeystore, writeKeystore } from './signer/keystore.ts'
export { loadSigner } from './signer/signer.ts'
