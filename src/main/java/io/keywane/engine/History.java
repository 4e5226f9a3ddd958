package io.keywane.engine;

import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;
import io.keywane.key.VersionId;
import io.keywane.usage.Sample;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.WalletReading;

import java.time.Instant;
import java.util.List;

/** Port: what was seen, kept for accounting, reports and restarts. Writes are batched; losing the latest is a gap. */
public interface History {
    /** Keeps a sample. */
    void record(KeyName key, Sample sample);

    /** Keeps what a sample told of foreign use. */
    void record(KeyName key, UsagePoint point);

    /** Keeps a reading of a wallet. */
    void record(OrganisationName organisation, WalletReading reading);

    /** Writes what is batched. */
    void flush();

    /** A version's samples received at or after a wall-clock time, oldest first. */
    List<Sample> samples(VersionId version, Instant from);

    /** Replaces what a key's samples told of one version, from the first to the last of these points, by them. */
    void rejudge(KeyName key, List<UsagePoint> points);

    /** A managed key's usage over all its versions, oldest first. */
    List<UsagePoint> usage(KeyName key, Instant from);

    /** The same before another wall-clock time. */
    default List<UsagePoint> usage(KeyName key, Instant from, Instant before) {
        return usage(key, from).stream().filter(point -> point.at().wall().isBefore(before)).toList();
    }

    /** A wallet's readings, oldest first. */
    List<WalletReading> wallet(OrganisationName organisation, Instant from);

    /** Drops what is older than the retention. Samples and ledger of unresolved versions are kept. */
    void prune(Instant before, List<VersionId> unresolved);
}
