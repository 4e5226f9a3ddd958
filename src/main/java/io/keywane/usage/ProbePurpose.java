package io.keywane.usage;

/** What a version is probed for. */
public enum ProbePurpose {
    /** It is in use or may come into use: its life and its use are followed. */
    WATCH,
    /** It is leaving, or flagged: its silence is to be proven, and its use to be seen. */
    PROVE
}
