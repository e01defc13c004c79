export const STORE_VERSION = 1

export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS runs (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    state      TEXT NOT NULL,
    request    TEXT NOT NULL,
    facts      TEXT NOT NULL DEFAULT '{}',
    error      TEXT,
    asked      TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;

  -- Signed transactions, written before they are sent: whatever dies when, the same bytes are sent again and no others.
  CREATE TABLE IF NOT EXISTS outbox (
    intent   TEXT PRIMARY KEY,
    sender   TEXT NOT NULL,
    nonce    INTEGER NOT NULL,
    raw      TEXT NOT NULL,
    hash     TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- The newest voucher per run and payer; a voucher replaces those before it.
  CREATE TABLE IF NOT EXISTS vouchers (
    run_id    TEXT NOT NULL,
    payer     TEXT NOT NULL,
    total     TEXT NOT NULL,
    deadline  TEXT NOT NULL,
    signature TEXT NOT NULL,
    -- What was answered so far, in wei.
    owed      TEXT NOT NULL,
    PRIMARY KEY (run_id, payer)
  ) STRICT, WITHOUT ROWID;
`
