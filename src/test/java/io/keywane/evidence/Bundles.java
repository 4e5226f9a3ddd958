package io.keywane.evidence;

import io.keywane.evidence.EvidenceBundle.Assumption;
import io.keywane.evidence.EvidenceBundle.Balance;
import io.keywane.evidence.EvidenceBundle.Basis;
import io.keywane.evidence.EvidenceBundle.Claim;
import io.keywane.evidence.EvidenceBundle.Contents;
import io.keywane.evidence.EvidenceBundle.Gate;
import io.keywane.evidence.EvidenceBundle.Group;
import io.keywane.evidence.EvidenceBundle.Load;
import io.keywane.evidence.EvidenceBundle.Policy;
import io.keywane.evidence.EvidenceBundle.Range;
import io.keywane.evidence.EvidenceBundle.Request;
import io.keywane.evidence.EvidenceBundle.Required;
import io.keywane.evidence.EvidenceBundle.Sample;
import io.keywane.evidence.EvidenceBundle.Version;
import io.keywane.evidence.EvidenceBundle.Waiver;
import io.keywane.evidence.EvidenceBundle.Window;
import io.keywane.key.Moment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A bundle of a rolling minute window that nobody else used, probed each 24 s for half an hour. */
public final class Bundles {
    static final Duration PERIOD = Duration.ofSeconds(24);
    static final Instant BEGIN = Instant.parse("2026-11-24T10:00:00Z");
    private static final int PROBES = 90;

    private Bundles() {}

    static Moment at(double seconds) {
        Duration since = Duration.ofNanos((long) (seconds * 1e9));
        return new Moment("boot-1", Duration.ofHours(5).plus(since), BEGIN.plus(since));
    }

    public static EvidenceBundle honest() {
        List<Request> requests = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < PROBES; i++) {
            double sent = 24.0 * i;
            requests.add(new Request("r" + i, "general", at(sent), "counted", at(sent + 0.2)));
            long own = Math.min(i, 2) + 1L;
            Instant oldest = BEGIN.plusSeconds(24L * Math.max(0, i - 2));
            samples.add(new Sample("r" + i, "general", at(sent), at(sent + 0.2), 200, "valid", 360L, 360 - own,
                    oldest.plusSeconds(60), BEGIN.plusSeconds(24L * i)));
        }
        Window window = new Window(360, Duration.ofSeconds(60), "rolling", Duration.ofSeconds(2), true,
                "oldest_plus_window", "calibrated", BEGIN);
        Group group = new Group("general", List.of(window), at(60), at(60 + 1_900), List.of());
        Load load = new Load("general", "repeated", Duration.ofMinutes(1), Duration.ZERO, List.of(),
                new Range(90, 100), new Range(95, 105), new Range(0, 0), 0.9);
        return new EvidenceBundle(claim(), List.of(group), List.of(load), requests, samples,
                List.of(new Balance(at(100), 100)));
    }

    private static Claim claim() {
        List<Assumption> assumptions = Stream.of("A1", "A2", "A3", "A4", "A5", "A6").map(n -> new Assumption(n, "so"))
                .toList();
        List<Gate> gates = Stream.of("propagation", "quiet", "switch", "wallet")
                .map(gate -> new Gate(gate, true, false, "it must", "it does", "")).toList();
        Policy policy = new Policy(Duration.ofSeconds(10), Duration.ofMinutes(30), false, 1.5, Duration.ofHours(26),
                0.5,
                "deny", "refuse");
        return new Claim(at(2_150), "search-production", "acme", "rotation-1", Basis.PROVEN,
                new Version("0".repeat(32), "print-old", "old", "jbe_live_AAA", BEGIN, true),
                new Version("1".repeat(32), "print-new", "new", "jbe_live_BBB", BEGIN, true), at(30),
                new Required(Duration.ofMinutes(30), "fixed", "fixed by the policy", Duration.ZERO, 0), policy,
                new Contents(PROBES, PROBES, 1), gates, List.<Waiver>of(), assumptions);
    }

    /** A claim that names so many lines, as a forger would. */
    static Claim counted(Claim c, List<Request> requests, List<Sample> samples, List<Balance> wallet) {
        return new Claim(c.madeAt(), c.key(), c.organisation(), c.rotation(), c.basis(), c.revoke(),
                c.keep(),
                c.published(), c.required(), c.policy(),
                new Contents(requests.size(), samples.size(), wallet.size()), c.gates(), c.waivers(),
                c.assumptions());
    }

    static EvidenceBundle withSamples(EvidenceBundle bundle, List<Sample> samples) {
        return new EvidenceBundle(counted(bundle.claim(), bundle.requests(), samples, bundle.wallet()), bundle.groups(),
                bundle.loads(), bundle.requests(), samples, bundle.wallet());
    }

    static EvidenceBundle withRequests(EvidenceBundle bundle, List<Request> requests) {
        return new EvidenceBundle(counted(bundle.claim(), requests, bundle.samples(), bundle.wallet()), bundle.groups(),
                bundle.loads(), requests, bundle.samples(), bundle.wallet());
    }

    static EvidenceBundle withClaim(EvidenceBundle bundle, Claim claim) {
        return new EvidenceBundle(claim, bundle.groups(), bundle.loads(), bundle.requests(), bundle.samples(),
                bundle.wallet());
    }

    static EvidenceBundle withGroup(EvidenceBundle bundle, UnaryOperator<Group> change) {
        return new EvidenceBundle(bundle.claim(), bundle.groups().stream().map(change).toList(), bundle.loads(),
                bundle.requests(),
                bundle.samples(), bundle.wallet());
    }

    /** With one more foreign request in the window of each sample that was sent from then on for a minute. */
    static EvidenceBundle used(EvidenceBundle bundle, double seconds) {
        return withSamples(bundle, bundle.samples().stream().map(sample -> {
            double sent = (sample.sent().sinceBoot().toNanos() - at(0).sinceBoot().toNanos()) / 1e9;
            Long remaining = sample.remaining();
            boolean sees = sent >= seconds && sent < seconds + 60 && remaining != null;
            return sees
                    ? new Sample(sample.request(), sample.group(), sample.sent(), sample.received(), sample.status(),
                            sample.outcome(), sample.limit(), remaining == null ? null : remaining - 1, sample.reset(),
                            sample.date())
                    : sample;
        }).toList());
    }
}
