package io.keywane.usage;

import io.keywane.usage.UsagePoint.Verdict;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * What one sample says, and from what that follows.
 *
 * @param window the window that was seen; {@code null} where the verdict says nothing of use
 * @param own our own requests in it; {@code null} where they were not counted
 */
record Judgement(
        Verdict verdict,
        UsageReason why,
        Shot shot,
        CountRange foreign,
        @Nullable KnownWindow window,
        @Nullable OwnCount own) {
    Judgement {
        requireNonNull(verdict, "verdict is null");
        requireNonNull(why, "why is null");
        requireNonNull(shot, "shot is null");
        requireNonNull(foreign, "foreign is null");
    }

    /** A verdict that counts nothing. */
    Judgement(Verdict verdict, UsageReason why, Shot shot) {
        this(verdict, why, shot, CountRange.ZERO, null, null);
    }
}
