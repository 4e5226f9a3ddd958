package io.keywane.usage.sim;

import io.keywane.evidence.Bundles;
import io.keywane.evidence.EvidenceBundle;
import io.keywane.evidence.EvidenceBundle.Claim;
import io.keywane.evidence.EvidenceBundle.Contents;
import io.keywane.evidence.EvidenceBundle.Group;
import io.keywane.evidence.EvidenceBundle.Hole;
import io.keywane.evidence.EvidenceBundle.Policy;
import io.keywane.evidence.EvidenceBundle.Request;
import io.keywane.evidence.EvidenceBundle.Window;
import io.keywane.evidence.EvidenceCheck;
import io.keywane.evidence.Finding;
import io.keywane.key.Moment;
import io.keywane.usage.KnownWindow;
import io.keywane.usage.ProofPolicy;
import io.keywane.usage.ProofPolicy.FixedWindows;
import io.keywane.usage.ProofPolicy.ShadowSpans;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.Sample;
import io.keywane.usage.SilentSpan;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the account claims, the check of evidence finds, and it does not find more: the rules of silence exist twice, and
 * scenarios of every kind hold them together, with restarts of the host, steps of clocks, lost replies and fixed windows.
 */
class EvidenceAgreesTest {
    private static final ProofPolicy LENIENT = new ProofPolicy(ShadowSpans.ALLOW, FixedWindows.COVERAGE);
    private static final int SCENARIOS = Integer.getInteger("keywane.evidence.scenarios", 200);
    /** So many looks at each scenario; each checks the whole past. */
    private static final int EVERY = 40;
    private static final Duration REACH = Duration.ofHours(32);
    private static final Duration BEYOND = Duration.ofMinutes(2);

    private int claims;
    private int holes;
    private int otherBoots;
    private int overstated;
    private int denied;
    private final List<String> disputed = new ArrayList<>();

    @Test
    void silence_thatTheAccountClaims_isFoundByTheCheck() {
        for (long seed = 0; seed < SCENARIOS; seed++) {
            Simulation.watch(ScenarioDraw.sound(seed), seed % 2 == 0 ? ProofPolicy.STRICT : LENIENT,
                    new Look(seed)::at);
        }
        System.out.printf(
                "evidence: %d claims of %d scenarios found again, %d with holes, %d with a restart; of %d that"
                        + " began too early %d were denied%n",
                claims, SCENARIOS, holes, otherBoots, overstated, denied);
        disputed.forEach(System.out::println);
        assertThat(disputed).isEmpty();
        assertThat(claims).isGreaterThan(SCENARIOS);
        assertThat(holes).isPositive();
        assertThat(otherBoots).isPositive();
        assertThat(denied).as("of %s claims of silence before it began", overstated).isGreaterThan(overstated / 2);
    }

    /** One who looks at a scenario now and then. */
    private final class Look {
        private final long seed;
        private int samples;

        Look(long seed) {
            this.seed = seed;
        }

        void at(Watch watch) {
            samples++;
            Optional<SilentSpan> silence = watch.account.silence();
            Sample last = Objects.requireNonNull(watch.past).samples().getLast();
            boolean isAsked = samples % EVERY == 0 && silence
                    .filter(span -> span.from().boot().equals(last.sent().boot()) && !span.length().isZero())
                    .isPresent();
            if (!isAsked) {
                return;
            }
            Optional<SilentSpan> counts = asTheGatesSee(silence.get(), watch.past.samples());
            if (counts.isEmpty()) {
                return;
            }
            SilentSpan span = counts.get();
            claims++;
            holes += span.holes().isEmpty() ? 0 : 1;
            otherBoots += watch.past.samples().stream().anyMatch(s -> !s.sent().boot().equals(last.sent().boot()))
                    ? 1
                    : 0;
            faults(watch, span).stream().findFirst().ifPresent(fault -> disputed.add("seed " + seed + ", sample "
                    + samples + ", " + watch.policy() + ": " + fault.text()));
            overstated++;
            denied += faults(watch, new SilentSpan(span.from().plus(BEYOND.negated()), span.to(), span.holes()))
                    .isEmpty() ? 0 : 1;
        }
    }

    /**
     * As the gates see it: what lies before the boot does not count, nor before a full window or a refusal. Nor does what lies
     * before the work came back to this host from another, which the check does not follow.
     */
    private static Optional<SilentSpan> asTheGatesSee(SilentSpan span, List<Sample> samples) {
        Moment from = span.to().plus(span.to().sinceBoot().negated());
        String boot = from.boot();
        for (Sample sample : samples) {
            from = sample.sent().boot().equals(from.boot()) && !boot.equals(from.boot()) ? sample.sent() : from;
            boot = sample.sent().boot();
            boolean limited = sample.status() == 429
                    || sample.headers().rateLimit().filter(reading -> reading.remaining() <= 0).isPresent();
            from = limited && sample.sent().boot().equals(from.boot()) ? sample.received() : from;
        }
        return span.after(from);
    }

    private static List<Finding> faults(Watch watch, SilentSpan span) {
        return EvidenceCheck.run(bundle(watch, span)).stream().filter(finding -> !finding.good())
                .filter(finding -> finding.subject().equals("silence of " + watch.group.value())).toList();
    }

    private static EvidenceBundle bundle(Watch watch, SilentSpan span) {
        Watch.Past past = Objects.requireNonNull(watch.past);
        List<Sample> samples = past.samples().stream().filter(s -> isNear(s.sent(), span)).toList();
        List<Window> windows = samples.stream().flatMap(s -> s.headers().rateLimit().stream())
                .map(RateLimitReading::limit).distinct().flatMap(limit -> watch.window(limit).stream())
                .map(EvidenceAgreesTest::window).toList();
        List<Hole> holes = span.holes().stream()
                .map(h -> new Hole(h.cause().word(), h.from(), h.to(), h.unexplained())).toList();
        List<Request> requests = past.requests().values().stream().filter(r -> isNear(r.sent(), span))
                .map(r -> new Request(r.id(), r.group().value(), r.sent(), word(r.fate()), r.settled().orElse(null)))
                .toList();
        Group group = new Group(watch.group.value(), windows, span.from(), span.to(), holes);
        Claim c = Bundles.honest().claim();
        Policy asked = new Policy(Duration.ZERO, Duration.ofSeconds(1), false, 1, Duration.ZERO, 0,
                word(watch.policy().shadowSpans()), word(watch.policy().fixedWindows()));
        Claim claim = new Claim(samples.getLast().received(), c.key(), c.organisation(), c.rotation(), c.basis(),
                c.revoke(), c.keep(), span.from(), c.required(), asked,
                new Contents(requests.size(), samples.size(), 0),
                c.gates(), c.waivers(), c.assumptions());
        return new EvidenceBundle(claim, List.of(group), List.of(), requests,
                samples.stream().map(EvidenceAgreesTest::sample).toList(), List.of());
    }

    private static boolean isNear(Moment at, SilentSpan span) {
        return !at.boot().equals(span.from().boot())
                || at.sinceBoot().compareTo(span.from().sinceBoot().minus(REACH)) >= 0;
    }

    private static Window window(KnownWindow known) {
        return new Window(known.model().limit(), known.model().length(), word(known.model().kind()),
                known.model().tolerance(), known.model().countsAnswered(), word(known.model().reset()),
                word(known.origin()), known.since().orElse(null));
    }

    private static EvidenceBundle.Sample sample(Sample s) {
        Optional<RateLimitReading> rate = s.headers().rateLimit();
        return new EvidenceBundle.Sample(s.request(), s.group().value(), s.sent(), s.received(), s.status(),
                word(s.outcome()), rate.map(RateLimitReading::limit).orElse(null),
                rate.map(RateLimitReading::remaining).orElse(null), rate.map(RateLimitReading::reset).orElse(null),
                s.headers().date().orElse(null));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
