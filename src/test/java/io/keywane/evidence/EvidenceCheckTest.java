package io.keywane.evidence;

import io.keywane.evidence.EvidenceBundle.Balance;
import io.keywane.evidence.EvidenceBundle.Basis;
import io.keywane.evidence.EvidenceBundle.Claim;
import io.keywane.evidence.EvidenceBundle.Gate;
import io.keywane.evidence.EvidenceBundle.Group;
import io.keywane.evidence.EvidenceBundle.Load;
import io.keywane.evidence.EvidenceBundle.Policy;
import io.keywane.evidence.EvidenceBundle.Range;
import io.keywane.evidence.EvidenceBundle.Request;
import io.keywane.evidence.EvidenceBundle.Required;
import io.keywane.evidence.EvidenceBundle.Run;
import io.keywane.evidence.EvidenceBundle.Sample;
import io.keywane.evidence.EvidenceBundle.Waiver;
import io.keywane.evidence.EvidenceBundle.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static io.keywane.evidence.Bundles.at;
import static org.assertj.core.api.Assertions.assertThat;

class EvidenceCheckTest {
    private final EvidenceBundle honest = Bundles.honest();

    private static List<String> bad(EvidenceBundle bundle) {
        return EvidenceCheck.run(bundle).stream().filter(finding -> !finding.good()).map(Finding::subject).distinct()
                .toList();
    }

    @Test
    void honestBundle_holds() {
        assertThat(EvidenceCheck.run(honest)).allMatch(Finding::good);
        assertThat(bad(honest)).isEmpty();
    }

    @Test
    void switchGate_saysThatItsCountsAreStated() {
        assertThat(EvidenceCheck.run(honest)).filteredOn(finding -> finding.text().contains("as stated"))
                .extracting(Finding::subject).containsExactly("switch");
    }

    @Test
    void windowThatNoLaterSampleConfirms_provesNothing() {
        List<Sample> samples = honest.samples().stream()
                .filter(s -> s.sent().sinceBoot().compareTo(at(1_920).sinceBoot()) < 0).toList();
        List<Request> requests = honest.requests().stream()
                .filter(r -> r.sent().sinceBoot().compareTo(at(1_920).sinceBoot()) < 0).toList();
        EvidenceBundle cut = Bundles.withGroup(Bundles.withRequests(Bundles.withSamples(honest, samples), requests),
                g -> new Group(g.group(), g.windows(), g.from(), at(1_890), List.of()));

        assertThat(bad(cut)).contains("silence of general");
    }

    @Test
    void anySample_missing_isFound() {
        for (int i = 0; i < honest.samples().size(); i++) {
            List<Sample> rest = new ArrayList<>(honest.samples());
            rest.remove(i);
            assertThat(bad(Bundles.withSamples(honest, rest))).as("sample %s", i).contains("ledger");
        }
    }

    @Test
    void sampleAndItsRequest_missing_isFoundWithinTheClaim() {
        for (int i = 10; i < 70; i++) {
            List<Sample> samples = new ArrayList<>(honest.samples());
            List<Request> requests = new ArrayList<>(honest.requests());
            samples.remove(i);
            requests.remove(i);
            EvidenceBundle cut = Bundles.withRequests(Bundles.withSamples(honest, samples), requests);
            assertThat(bad(cut)).as("probe %s", i).containsExactly("silence of general");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {70, 500, 1_000, 1_500, 1_940})
    void useWithinTheClaim_isFound(double seconds) {
        assertThat(bad(Bundles.used(honest, seconds))).containsExactly("silence of general");
    }

    @Test
    void inventedRequest_thatWouldHideUse_isFound() {
        EvidenceBundle used = Bundles.used(honest, 500);
        List<Request> requests = new ArrayList<>(used.requests());
        requests.add(new Request("invented", "general", at(500), "counted", at(500.1)));

        assertThat(bad(Bundles.withRequests(used, requests))).contains("ledger");
    }

    @Test
    void requestOfUnknownFate_countsForNothing() {
        EvidenceBundle used = Bundles.used(honest, 500);
        List<Request> requests = new ArrayList<>(used.requests());
        requests.add(new Request("lost", "general", at(500), "unknown", at(500.1)));

        assertThat(bad(Bundles.withRequests(used, requests))).containsExactly("silence of general");
    }

    @Test
    void resetThatNamesSomebodyElse_isFound() {
        List<Sample> samples = honest.samples().stream().map(s -> new Sample(s.request(), s.group(), s.sent(),
                s.received(), s.status(), s.outcome(), s.limit(), s.remaining(), at(0).wall().plusSeconds(5_000),
                s.date()))
                .toList();

        assertThat(bad(Bundles.withSamples(honest, samples))).containsExactly("silence of general");
    }

    @Test
    void windowOfAnotherKind_provesNothing() {
        EvidenceBundle fixed = Bundles.withGroup(honest, g -> new Group(g.group(), g.windows().stream()
                .map(w -> new Window(w.limit(), w.length(), "fixed", w.tolerance(), w.countsAnswered(), w.reset(),
                        w.origin(), w.since()))
                .toList(), g.from(), g.to(), List.of()));

        assertThat(bad(fixed)).containsExactly("silence of general");
    }

    @Test
    void claimBeyondTheSamples_isFound() {
        assertThat(
                bad(Bundles.withGroup(honest, g -> new Group(g.group(), g.windows(), g.from(), at(3_000), List.of()))))
                .containsExactly("silence of general");
        assertThat(bad(Bundles.withGroup(honest, g -> new Group(g.group(), g.windows(), at(-200), g.to(), List.of()))))
                .containsExactly("silence of general");
    }

    @Test
    void refusedProbe_isFound() {
        List<Sample> samples = new ArrayList<>(honest.samples());
        Sample s = samples.get(30);
        samples.set(30, new Sample(s.request(), s.group(), s.sent(), s.received(), 429, "valid_rate_limited", null,
                null, null, s.date()));

        assertThat(bad(Bundles.withSamples(honest, samples))).contains("silence of general");
    }

    @Test
    void tooShortSilence_isFound() {
        Claim c = honest.claim();
        Claim longer = claim(c, c.basis(), new Required(Duration.ofMinutes(32), "fixed", "so", Duration.ZERO, 0),
                c.policy(),
                c.gates(), c.waivers());

        assertThat(bad(Bundles.withClaim(honest, longer))).containsExactly("quiet");
    }

    @Test
    void propagationDelay_isNoQuietTime() {
        Claim c = honest.claim();
        Claim slow = claim(c, c.basis(), c.required(), policy(Duration.ofMinutes(5), false), c.gates(), c.waivers());

        assertThat(bad(Bundles.withClaim(honest, slow))).containsExactly("quiet");
    }

    @Test
    void emptyWallet_isFound() {
        EvidenceBundle poor = withWallet(List.of(new Balance(at(100), 100), new Balance(at(900), 0),
                new Balance(at(1_000), 100)));

        assertThat(bad(poor)).contains("wallet");
        assertThat(bad(withWallet(List.of()))).contains("wallet");
        assertThat(bad(withWallet(List.of(new Balance(at(900), 100))))).containsExactly("wallet");
    }

    @Test
    void unmetGate_holdsOnlyByANamedWaiver() {
        Claim c = honest.claim();
        List<Gate> gates = new ArrayList<>(c.gates());
        gates.set(1, new Gate("quiet", false, true, "silence", "cannot tell", "a window"));
        EvidenceBundle silent = Bundles.withClaim(Bundles.used(honest, 500),
                claim(c, Basis.WAIVED, c.required(), c.policy(),
                        gates, List.of(new Waiver("quiet", "uid:anna", "smoothed window", null))));
        EvidenceBundle unnamed = Bundles.withClaim(honest,
                claim(c, Basis.WAIVED, c.required(), c.policy(), gates, List.of()));
        EvidenceBundle boasting = Bundles.withClaim(honest, claim(c, Basis.PROVEN, c.required(), c.policy(), gates,
                List.of(new Waiver("quiet", "uid:anna", "smoothed window", null))));

        assertThat(bad(silent)).isEmpty();
        assertThat(bad(unnamed)).containsExactly("gate quiet");
        assertThat(bad(boasting)).containsExactly("basis");
    }

    @Test
    void keyToKeep_isNotTheKeyToRevoke() {
        Claim c = honest.claim();
        Claim confused = new Claim(c.madeAt(), c.key(), c.organisation(), c.rotation(), c.basis(),
                c.revoke(),
                c.revoke(), c.published(), c.required(), c.policy(), c.contents(), c.gates(), c.waivers(),
                c.assumptions());

        assertThat(bad(Bundles.withClaim(honest, confused))).containsExactly("keys");
    }

    @Test
    void assumptions_areAllNamed() {
        Claim c = honest.claim();
        Claim silent = new Claim(c.madeAt(), c.key(), c.organisation(), c.rotation(), c.basis(),
                c.revoke(),
                c.keep(), c.published(), c.required(), c.policy(), c.contents(), c.gates(), c.waivers(),
                c.assumptions().subList(0, 5));

        assertThat(bad(Bundles.withClaim(honest, silent))).containsExactly("assumptions");
    }

    @Test
    void lineThatIsMissing_isMissedByItsNumber() {
        List<Balance> none = List.of();

        assertThat(bad(withWallet(none))).contains("contents");
    }

    @Test
    void demandBelowThePolicy_isFound() {
        Claim c = honest.claim();
        Claim hasty = claim(c, c.basis(), new Required(Duration.ofMinutes(20), "fixed", "so", Duration.ZERO, 0),
                c.policy(), c.gates(), c.waivers());
        Claim unknown = claim(c, c.basis(), c.required(), policy(Duration.ofSeconds(10), true), c.gates(),
                c.waivers());

        assertThat(bad(Bundles.withClaim(honest, hasty))).containsExactly("quiet");
        assertThat(bad(Bundles.withClaim(honest, unknown))).containsExactly("quiet");
    }

    @Test
    void loadThatDidNotMove_isFound() {
        EvidenceBundle stayed = withLoad(
                new Load("general", "repeated", Duration.ofMinutes(1), Duration.ZERO, List.of(),
                        new Range(90, 100), new Range(40, 105), new Range(0, 0), 0.9));
        EvidenceBundle unseen = withLoad(
                new Load("general", "repeated", Duration.ofMinutes(1), Duration.ZERO, List.of(),
                        new Range(90, 100), new Range(95, 105), new Range(0, 0), 0.4));
        EvidenceBundle jobless = withLoad(new Load("general", "repeated", Duration.ofMinutes(1), Duration.ZERO,
                List.of(new Run("daily at 02:00 UTC", null, 0, 0)), new Range(90, 100), new Range(95, 105),
                new Range(0, 0), 0.9));

        assertThat(bad(stayed)).containsExactly("switch");
        assertThat(bad(unseen)).containsExactly("switch");
        assertThat(bad(jobless)).containsExactly("switch");
    }

    private EvidenceBundle withWallet(List<Balance> wallet) {
        return new EvidenceBundle(Bundles.counted(honest.claim(), honest.requests(), honest.samples(), wallet.isEmpty()
                ? List.of(new Balance(at(0), 1))
                : wallet), honest.groups(), honest.loads(), honest.requests(), honest.samples(), wallet);
    }

    private EvidenceBundle withLoad(Load load) {
        return new EvidenceBundle(honest.claim(), honest.groups(), List.of(load), honest.requests(), honest.samples(),
                honest.wallet());
    }

    private static Policy policy(Duration propagationDelay, boolean fromHistory) {
        return new Policy(propagationDelay, Duration.ofMinutes(30), fromHistory, 1.5, Duration.ofHours(26), 0.5, "deny",
                "refuse");
    }

    private static Claim claim(
            Claim c, Basis basis, Required required, Policy policy, List<Gate> gates, List<Waiver> waivers) {
        return new Claim(c.madeAt(), c.key(), c.organisation(), c.rotation(), basis, c.revoke(), c.keep(),
                c.published(), required, policy, c.contents(), gates, waivers, c.assumptions());
    }
}
