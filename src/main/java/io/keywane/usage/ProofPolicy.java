package io.keywane.usage;

import static java.util.Objects.requireNonNull;

/**
 * What an organisation accepts as proof of silence beyond what is certain. Whatever it lets pass is listed with the silence
 * and adds nothing to its length.
 *
 * @param shadowSpans whether a hole left by lost replies of our own breaks the silence
 * @param fixedWindows whether the unseen end of each fixed window breaks it
 */
public record ProofPolicy(ShadowSpans shadowSpans, FixedWindows fixedWindows) {
    /** Nothing but what is certain. */
    public static final ProofPolicy STRICT = new ProofPolicy(ShadowSpans.DENY, FixedWindows.REFUSE);

    /** What a hole made by lost replies of ours does. */
    public enum ShadowSpans {
        DENY,
        /** The silence goes on behind it, if no more requests are unexplained than replies were lost. */
        ALLOW
    }

    /** What the unseen end of a fixed window does. */
    public enum FixedWindows {
        REFUSE,
        /** The silence goes on in the next window; use in the seconds between is not seen. */
        COVERAGE
    }

    public ProofPolicy {
        requireNonNull(shadowSpans, "shadowSpans is null");
        requireNonNull(fixedWindows, "fixedWindows is null");
    }

    boolean allows(SilentSpan.Cause cause) {
        return switch (cause) {
            case LOST_REPLY -> shadowSpans == ShadowSpans.ALLOW;
            case WINDOW_END -> fixedWindows == FixedWindows.COVERAGE;
        };
    }
}
