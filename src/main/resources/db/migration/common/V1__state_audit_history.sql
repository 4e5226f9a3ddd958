-- State of keys and rotations, journal of intents, audit, and history.
--
-- Written in what SQLite and PostgreSQL have in common; what only one of them has lies in a folder of its own.
-- Times: *_wall is the host's clock in nanoseconds since 1970, *_since_boot nanoseconds since the boot named by *_boot;
-- *_server is the API's clock in whole seconds since 1970. Flags are 0 or 1. Words are those of the code's closed lists.

CREATE TABLE format (
    name    TEXT PRIMARY KEY,
    version INTEGER NOT NULL
);
INSERT INTO format (name, version) VALUES ('keywane', 1);

CREATE TABLE managed_key (
    name   TEXT PRIMARY KEY,
    format INTEGER NOT NULL
);

CREATE TABLE key_version (
    key_name            TEXT    NOT NULL REFERENCES managed_key (name),
    id                  TEXT    NOT NULL,
    position            INTEGER NOT NULL,
    fingerprint         TEXT    NOT NULL,
    public_prefix       TEXT,
    environment         TEXT,
    dashboard_name      TEXT,
    taken_in_boot       TEXT    NOT NULL,
    taken_in_since_boot BIGINT  NOT NULL,
    taken_in_wall       BIGINT  NOT NULL,
    stage               TEXT    NOT NULL,
    since_boot          TEXT    NOT NULL,
    since_since_boot    BIGINT  NOT NULL,
    since_wall          BIGINT  NOT NULL,
    reason              TEXT    NOT NULL,
    served              INTEGER NOT NULL CHECK (served IN (0, 1)),
    waived              INTEGER NOT NULL CHECK (waived IN (0, 1)),
    PRIMARY KEY (key_name, id)
);
CREATE UNIQUE INDEX key_version_one_current ON key_version (key_name) WHERE stage = 'CURRENT';

-- How the gates stood when a version was found drained.
CREATE TABLE gate_report (
    key_name TEXT    NOT NULL,
    version  TEXT    NOT NULL,
    position INTEGER NOT NULL,
    gate     TEXT    NOT NULL,
    met      INTEGER NOT NULL CHECK (met IN (0, 1)),
    waived   INTEGER NOT NULL CHECK (waived IN (0, 1)),
    required TEXT    NOT NULL,
    known    TEXT    NOT NULL,
    missing  TEXT    NOT NULL,
    PRIMARY KEY (key_name, version, position),
    FOREIGN KEY (key_name, version) REFERENCES key_version (key_name, id)
);

CREATE TABLE rotation (
    id                   TEXT    PRIMARY KEY,
    key_name             TEXT    NOT NULL REFERENCES managed_key (name),
    ordinal              INTEGER NOT NULL,
    opened_by            TEXT    NOT NULL,
    state                TEXT    NOT NULL,
    reason               TEXT    NOT NULL,
    began_boot           TEXT    NOT NULL,
    began_since_boot     BIGINT  NOT NULL,
    began_wall           BIGINT  NOT NULL,
    since_boot           TEXT    NOT NULL,
    since_since_boot     BIGINT  NOT NULL,
    since_wall           BIGINT  NOT NULL,
    old_version          TEXT,
    new_version          TEXT,
    promoted_boot        TEXT,
    promoted_since_boot  BIGINT,
    promoted_wall        BIGINT,
    published_boot       TEXT,
    published_since_boot BIGINT,
    published_wall       BIGINT,
    approved_by          TEXT,
    paused               INTEGER NOT NULL CHECK (paused IN (0, 1)),
    rollback             INTEGER NOT NULL CHECK (rollback IN (0, 1)),
    parked_from          TEXT,
    UNIQUE (key_name, ordinal)
);

CREATE TABLE waiver (
    rotation_id TEXT    NOT NULL REFERENCES rotation (id),
    position    INTEGER NOT NULL,
    gate        TEXT    NOT NULL,
    actor       TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    given_wall  BIGINT  NOT NULL,
    PRIMARY KEY (rotation_id, position)
);

CREATE TABLE intent (
    id            TEXT   PRIMARY KEY,
    key_name      TEXT   NOT NULL,
    action        TEXT   NOT NULL,
    version       TEXT   NOT NULL,
    at_boot       TEXT   NOT NULL,
    at_since_boot BIGINT NOT NULL,
    at_wall       BIGINT NOT NULL,
    outcome       TEXT
);
CREATE INDEX intent_unresolved ON intent (at_wall) WHERE outcome IS NULL OR outcome = 'UNKNOWN';

CREATE TABLE audit (
    sequence   BIGINT PRIMARY KEY,
    at_wall    BIGINT NOT NULL,
    actor      TEXT   NOT NULL,
    action     TEXT   NOT NULL,
    key_name   TEXT,
    reason     TEXT   NOT NULL,
    request_id TEXT,
    details    TEXT   NOT NULL,
    hash       TEXT   NOT NULL
);

-- The end of the audit chain, so that lines cut off at its end are missed.
CREATE TABLE audit_head (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    sequence BIGINT  NOT NULL,
    hash     TEXT    NOT NULL
);
INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, '');

CREATE TABLE operator_reply (
    request_id TEXT   PRIMARY KEY,
    reply      TEXT   NOT NULL,
    at_wall    BIGINT NOT NULL
);

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE own_request (
    id                 TEXT   PRIMARY KEY,
    version            TEXT   NOT NULL,
    limiter            TEXT   NOT NULL,
    sent_boot          TEXT   NOT NULL,
    sent_since_boot    BIGINT NOT NULL,
    sent_wall          BIGINT NOT NULL,
    fate               TEXT   NOT NULL,
    settled_boot       TEXT,
    settled_since_boot BIGINT,
    settled_wall       BIGINT
);
CREATE INDEX own_request_of_version ON own_request (version, sent_wall);
CREATE INDEX own_request_by_age ON own_request (sent_wall);

CREATE TABLE sample (
    request             TEXT    PRIMARY KEY,
    key_name            TEXT    NOT NULL,
    version             TEXT    NOT NULL,
    limiter             TEXT    NOT NULL,
    kind                TEXT    NOT NULL,
    sent_boot           TEXT    NOT NULL,
    sent_since_boot     BIGINT  NOT NULL,
    sent_wall           BIGINT  NOT NULL,
    received_boot       TEXT    NOT NULL,
    received_since_boot BIGINT  NOT NULL,
    received_wall       BIGINT  NOT NULL,
    status              INTEGER NOT NULL,
    outcome             TEXT    NOT NULL,
    failure             TEXT,
    rate_limit          BIGINT,
    rate_remaining      BIGINT,
    rate_reset_server   BIGINT,
    header_fault        TEXT,
    deducted            BIGINT,
    balance             BIGINT,
    date_server         BIGINT,
    retry_after         BIGINT
);
CREATE INDEX sample_of_version ON sample (version, received_wall);
CREATE INDEX sample_by_age ON sample (received_wall);

CREATE TABLE usage_point (
    key_name      TEXT   NOT NULL,
    version       TEXT   NOT NULL,
    limiter       TEXT   NOT NULL,
    at_boot       TEXT   NOT NULL,
    at_since_boot BIGINT NOT NULL,
    at_wall       BIGINT NOT NULL,
    verdict       TEXT   NOT NULL,
    why           TEXT   NOT NULL,
    foreign_lo    BIGINT NOT NULL,
    foreign_hi    BIGINT NOT NULL,
    window_length BIGINT NOT NULL
);
CREATE INDEX usage_point_of_key ON usage_point (key_name, at_wall);
CREATE INDEX usage_point_by_age ON usage_point (at_wall);

CREATE TABLE wallet_reading (
    organisation  TEXT   NOT NULL,
    at_boot       TEXT   NOT NULL,
    at_since_boot BIGINT NOT NULL,
    at_wall       BIGINT NOT NULL,
    balance       BIGINT NOT NULL,
    deducted      BIGINT NOT NULL
);
CREATE INDEX wallet_reading_of_organisation ON wallet_reading (organisation, at_wall);
CREATE INDEX wallet_reading_by_age ON wallet_reading (at_wall);
