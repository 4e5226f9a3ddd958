package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.usage.SilentSpan.Cause;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The unbroken silence of one group, joined from the spans that samples prove; times in milliseconds on the even clock.
 *
 * <p>A span is provisional until a later silent sample of the same window, at most a window after it, has seen one of our
 * own requests leave the window: a counter that was wiped, or one that lags, would look silent once but does not behave so
 * twice. Spans of several windows of the group join. A gap restarts the chain: absence of data is never evidence of absence.
 * Provisional spans are not kept here: they are marks on our own requests, and follow from them.
 */
final class SilenceChain {
    private static final long NONE = Long.MIN_VALUE / 4;
    /** Of a fixed window, so much may pass unseen at its end. */
    private static final int UNSEEN_PART = 10;
    /** So many requests of ours in a row without an answer are not lost messages, but an API that fails. */
    private static final int OUTAGE = 2;

    private final OwnWindows own;
    private List<Strand> strands = List.of();
    private List<Gap> gaps = List.of();
    private long from = NONE;
    private long to = NONE;
    /** How far spans reach without a gap, provisional ones included. */
    private long reached = NONE;
    private boolean isExplained = true;
    private int unanswered;

    /** A gap between two spans that a policy lets pass. */
    private record Gap(Cause cause, long from, long to, int unexplained) {
        SilentSpan.Hole hole(Moment anchor) {
            return new SilentSpan.Hole(cause, Millis.moment(from, anchor), Millis.moment(to, anchor), unexplained);
        }
    }

    /** The silent samples of one window, each at most a window after the one before. */
    private static final class Strand {
        private final WindowModel model;
        private long provisional;
        private long last = NONE;
        private long reset;
        private int samples;

        Strand(WindowModel model, long provisional) {
            this.model = model;
            this.provisional = provisional;
        }

        /** Whether a sample of the same window still sees what the last one did not show yet. */
        boolean isConfirmedBy(Shot shot, WindowModel by) {
            return model.equals(by) && shot.min() - last <= Millis.floor(model.reach());
        }

        /** Where Reset is no witness, one coincidence more must be ruled out. */
        boolean isLongEnough() {
            return samples >= 3 || model.reset() == WindowModel.ResetMeaning.OLDEST_PLUS_WINDOW
                    || model.kind() == WindowModel.Kind.FIXED;
        }
    }

    SilenceChain(OwnWindows own) {
        this.own = requireNonNull(own, "own is null");
    }

    /**
     * A silent sample: claims the time up to its sending from the witness on; use before the witness could have been wiped
     * from the counter without a trace. Without a witness it claims nothing, but confirms what was claimed.
     *
     * @param shot the sample
     * @param witness the place of the oldest own request that is certainly counted in it; -1 if there is none
     * @param reset the Reset that it showed, seconds since the epoch
     */
    void silent(Shot shot, WindowModel model, int witness, long reset, ProofPolicy policy) {
        unanswered = 0;
        dropWhatIsDenied(policy);
        waitOn(shot.min(), policy);
        long begin = witness < 0 ? NONE : begin(witness, model);
        boolean claims = witness >= 0 && shot.self() >= 0 && begin <= shot.min();
        if (claims && reached != NONE && begin > reached && !bridge(begin, model, policy)) {
            end();
        }
        Strand strand = strand(shot, model, reset, policy);
        strand.samples++;
        release(strand, shot);
        strand.last = shot.min();
        strand.reset = reset;
        if (!claims) {
            return;
        }
        own.claim(shot.self());
        reached = Math.max(reached, shot.min());
        isExplained = true;
    }

    /**
     * From where on a sample that certainly counts this request tells of others. A rolling window holds all of its flight,
     * so that claims meet where the one is the witness of the next; a fixed window may have begun with it.
     */
    private long begin(int witness, WindowModel model) {
        return model.kind() == WindowModel.Kind.FIXED ? own.max(witness) : own.min(witness);
    }

    private Strand strand(Shot shot, WindowModel model, long reset, ProofPolicy policy) {
        Strand found = null;
        for (Strand strand : strands) {
            found = strand.model.limit() == model.limit() ? strand : found;
        }
        boolean isConfirmed = found != null && found.isConfirmedBy(shot, model);
        if (found != null && isConfirmed && !isUnchained(found, reset, policy)) {
            return found;
        }
        if (found != null && strands.size() == 1) {
            end();
        }
        Strand fresh = new Strand(model, shot.min());
        List<Strand> changed = new ArrayList<>(strands);
        changed.remove(found);
        changed.add(fresh);
        strands = List.copyOf(changed);
        return fresh;
    }

    /** Strictly, no silence reaches from one fixed window into the next. */
    private static boolean isUnchained(Strand strand, long reset, ProofPolicy policy) {
        return strand.model.kind() == WindowModel.Kind.FIXED && strand.reset != reset
                && !policy.allows(Cause.WINDOW_END);
    }

    private void release(Strand strand, Shot shot) {
        if (!strand.isLongEnough()) {
            return;
        }
        int claim = own.nextClaim(strand.provisional, strand.model.limit());
        while (claim >= 0 && claim < shot.self()) {
            int witness = own.witnessOf(claim, strand.model);
            if (witness >= 0 && !hasLeft(witness, shot, strand.model)) {
                return;
            }
            if (witness >= 0) {
                join(begin(witness, strand.model), own.min(claim));
            }
            strand.provisional = own.min(claim) + 1;
            claim = own.nextClaim(strand.provisional, strand.model.limit());
        }
    }

    /** In a fixed window requests leave together: there the next sample, which counts this one, is enough. */
    private boolean hasLeft(int witness, Shot shot, WindowModel model) {
        return model.kind() == WindowModel.Kind.FIXED
                || shot.min() - own.max(witness) > Millis.ceil(model.outside());
    }

    private void join(long begin, long end) {
        if (from == NONE || (begin > to && !isBridged(begin))) {
            from = begin;
            to = end;
            gaps = gaps.stream().filter(gap -> gap.to > end).toList();
            return;
        }
        if (end < from) {
            return;
        }
        from = Math.min(from, begin);
        to = Math.max(to, end);
    }

    private boolean isBridged(long begin) {
        return gaps.stream().anyMatch(gap -> gap.from <= to && gap.to >= begin);
    }

    /** Whether a policy lets the gap before this pass. */
    private boolean bridge(long begin, WindowModel model, ProofPolicy policy) {
        boolean isFixed = model.kind() == WindowModel.Kind.FIXED;
        if (isFixed && policy.allows(Cause.WINDOW_END)
                && begin - reached <= Millis.floor(model.length().dividedBy(UNSEEN_PART))) {
            addGap(new Gap(Cause.WINDOW_END, reached, begin, 0));
            return true;
        }
        long lost = own.lostAfter(reached);
        long most = Millis.floor(model.length()) + own.nextSent(reached) - reached;
        if (isFixed || !policy.allows(Cause.LOST_REPLY) || !isExplained || lost == 0 || begin - reached > most) {
            return false;
        }
        // Before it, too, a request may have been counted that showed only then, and was taken for a lost one.
        addGap(new Gap(Cause.LOST_REPLY, reached - Millis.ceil(model.lag()), begin, (int) lost));
        return true;
    }

    private void addGap(Gap gap) {
        List<Gap> changed = new ArrayList<>(gaps);
        changed.add(gap);
        gaps = List.copyOf(changed);
    }

    private void dropWhatIsDenied(ProofPolicy policy) {
        if (gaps.stream().anyMatch(gap -> !policy.allows(gap.cause))) {
            end();
        }
    }

    /**
     * A sample that is neither silent nor in use: spans wait for the next, but not for ever, for the silence is to reach up
     * to now.
     *
     * @param isExplained whether no more requests are unexplained than replies of ours were lost
     */
    void undetermined(Shot shot, WindowModel model, boolean isExplained, ProofPolicy policy) {
        unanswered = 0;
        this.isExplained = this.isExplained && isExplained;
        waitOn(shot.min(), policy);
        if (this.isExplained && policy.allows(Cause.LOST_REPLY)) {
            // What the policy takes for our own lost requests hides nothing that the sample before did not show yet.
            strands.stream().filter(strand -> strand.isConfirmedBy(shot, model)).forEach(s -> s.last = shot.min());
        }
    }

    /** A request of ours got no answer: one may be lost, but more are an API that fails. */
    void unanswered(long now, ProofPolicy policy) {
        unanswered++;
        if (unanswered >= OUTAGE) {
            end();
            return;
        }
        waitOn(now, policy);
    }

    /** A group that opens has no strand yet, so that nothing of the time when it was closed waits for what comes. */
    private void waitOn(long now, ProofPolicy policy) {
        long reach = 0;
        for (Strand strand : strands) {
            long most = Millis.floor(strand.model.reach());
            reach = Math.max(reach, policy.allows(Cause.LOST_REPLY) ? 3 * most : most);
        }
        if (reached != NONE && now - reached > reach) {
            end();
        }
    }

    /** The group was closed at both samples, so that nobody could use it between them. */
    void closed(long earlier, long later) {
        join(earlier, later);
        reached = Math.max(reached, later);
        unanswered = 0;
    }

    /** Somebody used the key, or nothing can be said: the silence is over. */
    void end() {
        strands = List.of();
        gaps = List.of();
        from = NONE;
        to = NONE;
        reached = NONE;
        isExplained = true;
    }

    /** The proven silence, by moments reckoned from another of the same boot. */
    Optional<SilentSpan> proven(Moment anchor) {
        if (from == NONE) {
            return Optional.empty();
        }
        List<SilentSpan.Hole> holes = gaps.stream().filter(gap -> gap.from < to)
                .map(gap -> gap.hole(anchor)).toList();
        return Optional.of(new SilentSpan(Millis.moment(from, anchor), Millis.moment(to, anchor), holes));
    }

    /** The host was restarted, and the time that took is known: every span shrinks by what is uncertain of it. */
    void rebase(Shift shift) {
        if (from != NONE && from + shift.hi() > to + shift.lo()) {
            from = NONE;
            to = NONE;
        }
        if (from != NONE) {
            from += shift.hi();
            to += shift.lo();
        }
        reached += reached == NONE ? 0 : shift.lo();
        gaps = gaps.stream().map(g -> new Gap(g.cause, g.from + shift.lo(), g.to + shift.hi(), g.unexplained)).toList();
        for (Strand strand : strands) {
            strand.provisional += shift.lo();
            strand.last += shift.lo();
        }
    }
}
