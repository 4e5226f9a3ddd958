package io.keywane.usage;

import io.keywane.key.Moment;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * The unbroken silence of one group, joined from the spans that samples prove.
 *
 * <p>A span is provisional until a later silent sample, at most a window after it, has seen one of our own requests leave
 * the window: a counter that was wiped, or one that lags, would look silent once but does not behave so twice. A gap
 * between two spans restarts the chain: absence of data is never evidence of absence.
 */
final class SilenceChain {
    private final Deque<Claim> provisional = new ArrayDeque<>();
    private @Nullable SilentSpan proven;

    private record Claim(SilentSpan span, Moment sampled, WindowModel model, Optional<Moment> witness) {}

    /** A silent sample: claims the time from a window before it up to its sending. */
    void silent(Sample sample, WindowModel model, Optional<Moment> witness) {
        Claim last = provisional.peekLast();
        if (last != null && !confirms(sample, model, last)) {
            provisional.clear();
        }
        for (Iterator<Claim> claims = provisional.iterator(); claims.hasNext();) {
            Claim claim = claims.next();
            if (hasLeft(claim, sample)) {
                join(claim.span());
                claims.remove();
            }
        }
        Duration reach = model.length().minus(model.tolerance());
        Moment from = sample.received().plus(reach.negated());
        if (from.sinceBoot().compareTo(sample.sent().sinceBoot()) <= 0) {
            provisional.add(new Claim(new SilentSpan(from, sample.sent()), sample.sent(), model, witness));
        }
    }

    /** The group was closed at both samples, so that nobody could use it between them. */
    void closed(Moment earlier, Moment later) {
        join(new SilentSpan(earlier, later));
    }

    /** Somebody used the key, or nothing can be said: the silence is over. */
    void end() {
        provisional.clear();
        proven = null;
    }

    Optional<SilentSpan> proven() {
        return Optional.ofNullable(proven);
    }

    private static boolean confirms(Sample sample, WindowModel model, Claim last) {
        return model.equals(last.model())
                && sample.sent().elapsedSince(last.sampled()).filter(d -> d.compareTo(model.length()) <= 0).isPresent();
    }

    private static boolean hasLeft(Claim claim, Sample sample) {
        Duration gone = claim.model().length().plus(claim.model().tolerance());
        return claim.witness().flatMap(counted -> sample.sent().elapsedSince(counted))
                .filter(d -> d.compareTo(gone) > 0)
                .isPresent();
    }

    private void join(SilentSpan span) {
        SilentSpan before = proven;
        proven = before == null ? span : before.join(span).orElse(span);
    }
}
