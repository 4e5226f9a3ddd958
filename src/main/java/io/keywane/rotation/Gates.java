package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.usage.SilentSpan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The gates between a leaving version and its flag: which are met, on what evidence, and what is missing. Pure: what cannot
 * be shown is not met.
 */
public final class Gates {
    private Gates() {}

    /** How every gate of a leaving version stands. */
    public static List<GateReport> assess(
            KeyState state, KeyVersion version, VersionEvidence evidence, RotationPolicy policy, Moment now) {
        AtTheGates leaving = at(state, version, evidence, policy, now);
        return List.of(propagation(leaving), QuietGate.judge(leaving), SwitchGate.judge(leaving),
                wallet(leaving));
    }

    /**
     * From when on the new key's load is compared: from where the silence of the old one begins; while there is none, for
     * the policy's least quiet period up to now. Empty while consumers cannot have switched.
     */
    public static Optional<Moment> comparedFrom(
            KeyState state, KeyVersion version, VersionEvidence evidence, RotationPolicy policy, Moment now) {
        AtTheGates leaving = at(state, version, evidence, policy, now);
        Optional<Moment> silent = leaving.silence().map(SilentSpan::from);
        if (silent.isPresent()) {
            return silent;
        }
        Moment lately = now.plus(policy.quiet().floor().negated());
        return propagated(state, version, evidence, policy, now)
                .map(at -> lately.isNotBefore(at, now) ? lately : at);
    }

    /** From when on no consumer has an excuse to use the old key; empty while they may still have to read the new one. */
    public static Optional<Moment> propagated(
            KeyState state, KeyVersion version, VersionEvidence evidence, RotationPolicy policy, Moment now) {
        return at(state, version, evidence, policy, now).propagated().filter(at -> now.isNotBefore(at, now));
    }

    /** By what the silence of a leaving version is judged. */
    public static DrainTerms terms(
            KeyState state, KeyVersion version, VersionEvidence evidence, RotationPolicy policy, Moment now) {
        AtTheGates leaving = at(state, version, evidence, policy, now);
        return new DrainTerms(leaving.propagated(), leaving.silence(), leaving.demand());
    }

    private static AtTheGates at(
            KeyState state, KeyVersion version, VersionEvidence evidence, RotationPolicy policy, Moment now) {
        return new AtTheGates(version, state.rotation(), evidence, policy, now);
    }

    private static GateReport propagation(AtTheGates leaving) {
        Duration delay = leaving.propagationDelay();
        String required = "the new key published for " + Words.of(delay);
        Optional<Moment> published = leaving.published();
        if (published.isEmpty()) {
            return leaving.unmet(Gate.PROPAGATION, required, "not published yet", "the publication",
                    Earliest.Why.NOT_PUBLISHED);
        }
        String known = "published at " + Words.of(published.get());
        if (leaving.isPropagated()) {
            return leaving.met(Gate.PROPAGATION, required, known);
        }
        Duration passed = leaving.now().elapsedSince(published.get()).orElse(leaving.now().sinceBoot());
        Duration left = delay.minus(passed);
        return leaving.unmet(Gate.PROPAGATION, required, known, Words.of(left), leaving.now().wall().plus(left));
    }

    private static GateReport wallet(AtTheGates leaving) {
        Duration length = leaving.demand().length();
        String required = "a wallet above 0 for " + Words.of(length) + ", as far as its readings show";
        WalletEvidence wallet = leaving.evidence().wallet();
        if (wallet.refused().isPresent()) {
            return leaving.unmet(Gate.WALLET, required,
                    "a request was refused for want of credit at " + Words.of(wallet.refused().get()),
                    "credit, then a full quiet period", Earliest.Why.WALLET_EMPTY);
        }
        if (wallet.latest().isEmpty()) {
            return leaving.unmet(Gate.WALLET, required, "the balance was not seen lately", "a balance probe",
                    Earliest.Why.WALLET_NOT_SEEN);
        }
        if (wallet.heldSince().isEmpty()) {
            return leaving.unmet(Gate.WALLET, required, "the balance is " + wallet.latest().getAsLong(),
                    "credit, then a full quiet period", Earliest.Why.WALLET_EMPTY);
        }
        Moment since = wallet.heldSince().get();
        String known = "above 0 in every reading since " + Words.of(since) + ", now " + wallet.latest().getAsLong();
        if (leaving.now().isAtLeastAfter(since, length)) {
            return leaving.met(Gate.WALLET, required, known);
        }
        Duration left = length.minus(leaving.now().elapsedSince(since).orElse(leaving.now().sinceBoot()));
        return leaving.unmet(Gate.WALLET, required, known, Words.of(left) + " with credit",
                leaving.now().wall().plus(left));
    }
}
