package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * What one sample told of foreign use: so many requests of others were counted in the window that ended with it.
 *
 * @param version the key version
 * @param group the limiter
 * @param at when the sample was taken
 * @param verdict what may be concluded
 * @param why the reason for an unknown verdict, or how the window is known
 * @param foreign requests of others in the window; meaningless where the verdict is {@code UNKNOWN}
 * @param window the length of the window that was seen; zero where the verdict is {@code UNKNOWN}
 */
public record UsagePoint(
        VersionId version,
        LimiterGroup group,
        Moment at,
        Verdict verdict,
        UsageReason why,
        CountRange foreign,
        Duration window) {
    /** What may be concluded of others' use in the window. */
    public enum Verdict {
        /** Certainly nobody else. */
        SILENT,
        /** Perhaps somebody else. */
        UNDETERMINED,
        /** Certainly somebody else. */
        IN_USE,
        /** The group is closed to this plan (403), so nobody can use it. */
        CLOSED,
        /** Nothing can be said. */
        UNKNOWN
    }

    public UsagePoint {
        requireNonNull(version, "version is null");
        requireNonNull(group, "group is null");
        requireNonNull(at, "at is null");
        requireNonNull(verdict, "verdict is null");
        requireNonNull(why, "why is null");
        requireNonNull(foreign, "foreign is null");
        requireNonNull(window, "window is null");
    }
}
