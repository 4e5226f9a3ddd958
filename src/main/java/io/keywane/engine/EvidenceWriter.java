package io.keywane.engine;

import io.keywane.evidence.EvidenceBundle;
import io.keywane.evidence.EvidenceBundle.Assumption;
import io.keywane.evidence.EvidenceBundle.Balance;
import io.keywane.evidence.EvidenceBundle.Basis;
import io.keywane.evidence.EvidenceBundle.Claim;
import io.keywane.evidence.EvidenceBundle.Contents;
import io.keywane.evidence.EvidenceBundle.Gate;
import io.keywane.evidence.EvidenceBundle.Policy;
import io.keywane.evidence.EvidenceBundle.Required;
import io.keywane.evidence.EvidenceBundle.Version;
import io.keywane.evidence.EvidenceBundle.Waiver;
import io.keywane.key.Moment;
import io.keywane.rotation.DrainTerms;
import io.keywane.rotation.Evidence;
import io.keywane.rotation.GateReport;
import io.keywane.rotation.Gates;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.RotationPolicy;
import io.keywane.rotation.VersionEvidence;
import io.keywane.usage.SilentSpan;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts the bundle of one flag together, from what a decision rests on and from ledger and history. */
final class EvidenceWriter {
    /** A bundle with more own requests than this is cut to the time that must be shown. */
    static final int MOST_REQUESTS = 50_000;
    /** The wallet is looked into so seldom that a reading may be so old. */
    private static final Duration WALLET = Duration.ofDays(2);
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final Ports ports;
    private final KeyWatcher watcher;
    private final KeyState state;
    private final KeyVersion version;
    private final VersionEvidence seen;
    private final RotationPolicy policy;
    private final Moment now;
    private final DrainTerms terms;

    EvidenceWriter(Ports ports, KeyWatcher watcher, KeyVersion version, Evidence evidence, Moment now) {
        this.ports = ports;
        this.watcher = watcher;
        this.state = watcher.state();
        this.version = version;
        this.seen = evidence.of(version.id());
        this.policy = watcher.settings().rotation();
        this.now = now;
        this.terms = Gates.terms(state, version, seen, policy, now);
    }

    /** The whole silence; empty where that is too much. */
    Optional<EvidenceBundle> whole() {
        EvidenceSamples samples = new EvidenceSamples(ports, watcher, version, terms.silence(), now);
        return samples.requests().size() <= MOST_REQUESTS ? Optional.of(bundle(samples)) : Optional.empty();
    }

    /** The latest part of the silence that is as long as it must be. */
    EvidenceBundle brief() {
        Optional<SilentSpan> part = terms.silence().flatMap(this::latest);
        EvidenceSamples samples = new EvidenceSamples(ports, watcher, version, part, now);
        if (samples.requests().size() > MOST_REQUESTS) {
            throw new NoEvidenceException("the evidence for version " + version.id().brief() + " of " + watcher.name
                    + " has " + samples.requests().size() + " own requests, more than " + MOST_REQUESTS
                    + ": ask for a shorter quiet period, or declare a longer window");
        }
        return bundle(samples);
    }

    private Optional<SilentSpan> latest(SilentSpan silence) {
        Duration unseen = silence.to().sinceBoot().minus(silence.from().sinceBoot()).minus(silence.length());
        return silence.after(silence.to().plus(terms.demand().length().plus(unseen).plus(MARGIN).negated()));
    }

    private EvidenceBundle bundle(EvidenceSamples samples) {
        List<Balance> wallet = wallet();
        Contents contents = new Contents(samples.requests().size(), samples.samples().size(), wallet.size());
        return new EvidenceBundle(claim(contents), samples.groups(seen.groups()), EvidenceLoads.of(seen),
                samples.requests(), samples.samples(), wallet);
    }

    private Claim claim(Contents contents) {
        List<GateReport> gates = Gates.assess(state, version, seen, policy, now);
        boolean proven = gates.stream().allMatch(GateReport::met);
        return new Claim(now, watcher.name.value(), watcher.settings().organisation().value(),
                FlagEvidence.rotation(state, version).orElse(null), proven ? Basis.PROVEN : Basis.WAIVED,
                named(version), state.current().map(EvidenceWriter::named).orElse(null), published(), required(),
                policy(), contents, gates.stream().map(this::gate).toList(), waivers(),
                Stream.of(io.keywane.rotation.Assumption.values())
                        .map(assumption -> new Assumption(assumption.name(), assumption.sentence())).toList());
    }

    /** From when on consumers could read the replacement, as the gate reckons it: after a restart of the host anew. */
    @Nullable
    private Moment published() {
        return terms.propagated().map(at -> at.plus(delay().negated())).orElse(null);
    }

    private static Version named(KeyVersion version) {
        return new Version(version.id().value(), version.fingerprint().value(), version.dashboardName().orElse(null),
                version.publicPrefix().orElse(null), version.takenIn().wall(), version.served());
    }

    private Required required() {
        return new Required(terms.demand().length(), terms.demand().basis().word(), terms.demand().because(),
                seen.cadence().known(), seen.cadence().coverage());
    }

    private Policy policy() {
        return new Policy(delay(), policy.quiet().floor(), policy.quiet().fromHistory(), policy.quiet().factor(),
                policy.quiet().unknownCadence(), policy.switchShare(), word(policy.proof().shadowSpans()),
                word(policy.proof().fixedWindows()));
    }

    private Duration delay() {
        return version.served() ? policy.propagationDelay() : Duration.ZERO;
    }

    /** A gate that is open by a waiver of which the rotation no longer tells was waived when the version was drained. */
    private Gate gate(GateReport report) {
        boolean waived = report.waived() || version.evidence().stream()
                .anyMatch(former -> former.gate() == report.gate() && former.waived());
        return new Gate(report.gate().word(), report.met(), waived, report.required(), report.known(),
                report.missing());
    }

    /** Of the waivers for this version: a rotation may hold those of others, too. */
    private List<Waiver> waivers() {
        return state.rotation().stream()
                .flatMap(rotation -> rotation.waivers().stream().filter(w -> rotation.isWaived(w.gate(), version.id())))
                .map(w -> new Waiver(w.gate().word(), w.actor(), w.reason(), w.at())).toList();
    }

    private List<Balance> wallet() {
        Instant from = now.wall().minus(terms.demand().length()).minus(WALLET);
        return ports.history().wallet(watcher.settings().organisation(), from).stream()
                .map(reading -> new Balance(reading.at(), reading.balance())).toList();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
