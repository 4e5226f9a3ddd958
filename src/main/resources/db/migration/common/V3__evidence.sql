-- Bundles of evidence: what each flag rests on, as it was written, compressed.

CREATE TABLE evidence_bundle (
    digest       TEXT    PRIMARY KEY,
    key_name     TEXT    NOT NULL,
    version      TEXT    NOT NULL,
    rotation     TEXT,
    drained_wall BIGINT  NOT NULL,
    made_wall    BIGINT  NOT NULL,
    proven       INTEGER NOT NULL CHECK (proven IN (0, 1)),
    size         BIGINT  NOT NULL,
    content      BLOB    NOT NULL
);
CREATE INDEX evidence_bundle_of_version ON evidence_bundle (version, drained_wall);
CREATE INDEX evidence_bundle_of_key ON evidence_bundle (key_name, made_wall);
