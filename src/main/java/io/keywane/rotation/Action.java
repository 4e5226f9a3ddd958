package io.keywane.rotation;

import io.keywane.key.VersionId;

import static java.util.Objects.requireNonNull;

/**
 * An effect that a decision asks for. Each may be performed twice without harm; whether it happened is seen in the next
 * evidence, not in what the call returned.
 */
public sealed interface Action {
    /** The word in journal and audit. */
    String word();

    VersionId version();

    /** Probe this version now, with the value as the store gives it. */
    record Probe(VersionId version) implements Action {
        public Probe {
            requireNonNull(version, "version is null");
        }

        @Override
        public String word() {
            return "probe";
        }
    }

    /** Make this version the one that consumers read, if the store is still at this revision. */
    record Promote(VersionId version, long revision) implements Action {
        public Promote {
            requireNonNull(version, "version is null");
        }

        @Override
        public String word() {
            return "promote";
        }
    }

    /** Put the current version where consumers of this host read it. */
    record Publish(VersionId version) implements Action {
        public Publish {
            requireNonNull(version, "version is null");
        }

        @Override
        public String word() {
            return "publish";
        }
    }

    /** Keep durably what the flag of a version rests on: there is no mark without it. */
    record KeepEvidence(VersionId version) implements Action {
        public KeepEvidence {
            requireNonNull(version, "version is null");
        }

        @Override
        public String word() {
            return "evidence";
        }
    }

    /** Mark a version "revoke me" in the store, or take the mark off. */
    record Mark(VersionId version, boolean flagged, long revision) implements Action {
        public Mark {
            requireNonNull(version, "version is null");
        }

        @Override
        public String word() {
            return flagged ? "mark" : "unmark";
        }
    }

    /** End the custody of a version that is confirmed revoked. */
    record Release(VersionId version, long revision) implements Action {
        public Release {
            requireNonNull(version, "version is null");
        }

        @Override
        public String word() {
            return "release";
        }
    }
}
