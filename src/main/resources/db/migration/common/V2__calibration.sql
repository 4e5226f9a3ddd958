-- What was measured of the rate limiter's windows, and what contradicted it.
--
-- A plan is an API, an organisation, a limiter group and the set of limits that the headers showed. Rows are only added.

CREATE TABLE calibration (
    id             TEXT   PRIMARY KEY,
    api            TEXT   NOT NULL,
    organisation   TEXT   NOT NULL,
    limiter        TEXT   NOT NULL,
    version        TEXT   NOT NULL,
    at_wall        BIGINT NOT NULL,
    reason         TEXT   NOT NULL,
    apart          TEXT   NOT NULL,
    counts_missing TEXT   NOT NULL
);
CREATE INDEX calibration_of_group ON calibration (api, organisation, limiter, at_wall);

-- The model's columns are NULL where the window was not measured.
CREATE TABLE calibrated_window (
    calibration     TEXT    NOT NULL REFERENCES calibration (id),
    rate_limit      BIGINT  NOT NULL,
    reason          TEXT    NOT NULL,
    witness         TEXT    NOT NULL,
    kind            TEXT,
    length          BIGINT,
    tolerance       BIGINT,
    counts_answered INTEGER CHECK (counts_answered IN (0, 1)),
    reset           TEXT,
    PRIMARY KEY (calibration, rate_limit)
);

CREATE TABLE contradiction (
    id              TEXT    PRIMARY KEY,
    api             TEXT    NOT NULL,
    organisation    TEXT    NOT NULL,
    limiter         TEXT    NOT NULL,
    at_wall         BIGINT  NOT NULL,
    rate_limit      BIGINT  NOT NULL,
    kind            TEXT    NOT NULL,
    length          BIGINT  NOT NULL,
    tolerance       BIGINT  NOT NULL,
    counts_answered INTEGER NOT NULL CHECK (counts_answered IN (0, 1)),
    reset           TEXT    NOT NULL
);
CREATE INDEX contradiction_of_group ON contradiction (api, organisation, limiter, at_wall);
