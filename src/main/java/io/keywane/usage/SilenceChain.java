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

    private record Claim(SilentSpan span, Moment sampled, WindowModel model, OwnRequest witness) {}

    /**
     * A silent sample: claims the time up to its sending, from a window before it or from the witness, whichever is later:
     * use before the witness could have been wiped from the counter without a trace.
     *
     * @param witness the oldest own request that is certainly counted in this sample
     */
    void silent(Sample sample, WindowModel model, OwnRequest witness) {
        Claim last = provisional.peekLast();
        if (last == null || !confirms(sample, model, last)) {
            end();
        }
        for (Iterator<Claim> claims = provisional.iterator(); claims.hasNext();) {
            Claim claim = claims.next();
            if (hasLeft(claim, sample)) {
                join(claim.span());
                claims.remove();
            }
        }
        Duration reach = model.length().minus(model.tolerance());
        Moment reached = sample.received().plus(reach.negated());
        Moment from = reached.sinceBoot().compareTo(witness.sent().sinceBoot()) > 0 ? reached : witness.sent();
        provisional.add(new Claim(new SilentSpan(from, sample.sent()), sample.sent(), model, witness));
    }

    /** Claims nothing, so spans wait for the next sample; but not for ever, for the silence is to reach up to now. */
    void undetermined(Sample sample, WindowModel model) {
        Claim last = provisional.peekLast();
        if (last == null || !confirms(sample, model, last)) {
            end();
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
        return sample.sent().elapsedSince(claim.witness().latestCount()).filter(d -> d.compareTo(gone) > 0)
                .isPresent();
    }

    private void join(SilentSpan span) {
        SilentSpan before = proven;
        proven = before == null ? span : before.join(span).orElse(span);
    }
}
