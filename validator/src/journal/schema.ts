export const JOURNAL_VERSION = 1

/**
 * Append-only: the content of a statement never changes and no row ever leaves, whatever code comes after this one. Only an
 * empty signature can be filled in, once.
 */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS statements (
    chain_id  INTEGER NOT NULL,
    contract  TEXT NOT NULL,
    kind      TEXT NOT NULL,
    subject   TEXT NOT NULL,
    label     TEXT NOT NULL,
    content   TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    signature TEXT,
    PRIMARY KEY (chain_id, contract, kind, subject)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER IF NOT EXISTS statements_stay BEFORE DELETE ON statements
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

  CREATE TRIGGER IF NOT EXISTS statements_keep_content BEFORE UPDATE ON statements
  WHEN NEW.chain_id IS NOT OLD.chain_id OR NEW.contract IS NOT OLD.contract OR NEW.kind IS NOT OLD.kind
    OR NEW.subject IS NOT OLD.subject OR NEW.content IS NOT OLD.content
    OR (OLD.signature IS NOT NULL AND NEW.signature IS NOT OLD.signature)
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
`
