package io.keywane.evidence;

import io.keywane.evidence.EvidenceBundle.Balance;
import io.keywane.evidence.EvidenceBundle.Basis;
import io.keywane.evidence.EvidenceBundle.Claim;
import io.keywane.evidence.EvidenceBundle.Gate;
import io.keywane.evidence.EvidenceBundle.Group;
import io.keywane.evidence.EvidenceBundle.Request;
import io.keywane.evidence.EvidenceBundle.Required;
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
                s.received(), s.status(), s.limit(), s.remaining(), at(0).wall().plusSeconds(5_000), s.date()))
                .toList();

        assertThat(bad(Bundles.withSamples(honest, samples))).containsExactly("silence of general");
    }

    @Test
    void windowOfAnotherKind_provesNothing() {
        EvidenceBundle fixed = Bundles.withGroup(honest, g -> new Group(g.group(), g.windows().stream()
                .map(w -> new Window(w.limit(), w.length(), "fixed", w.tolerance(), w.countsAnswered(), w.reset(),
                        w.origin(), w.since()))
                .toList(), g.from(), g.to()));

        assertThat(bad(fixed)).containsExactly("silence of general");
    }

    @Test
    void claimBeyondTheSamples_isFound() {
        assertThat(bad(Bundles.withGroup(honest, g -> new Group(g.group(), g.windows(), g.from(), at(3_000)))))
                .containsExactly("silence of general");
        assertThat(bad(Bundles.withGroup(honest, g -> new Group(g.group(), g.windows(), at(-200), g.to()))))
                .containsExactly("silence of general");
    }

    @Test
    void refusedProbe_isFound() {
        List<Sample> samples = new ArrayList<>(honest.samples());
        Sample s = samples.get(30);
        samples.set(30, new Sample(s.request(), s.group(), s.sent(), s.received(), 429, null, null, null, s.date()));

        assertThat(bad(Bundles.withSamples(honest, samples))).contains("silence of general");
    }

    @Test
    void tooShortSilence_isFound() {
        Claim c = honest.claim();
        Claim longer = claim(c, c.basis(), new Required(Duration.ofMinutes(32), Duration.ofSeconds(10), 0.9, true),
                c.gates(), c.waivers());

        assertThat(bad(Bundles.withClaim(honest, longer))).containsExactly("quiet period");
    }

    @Test
    void propagationDelay_isNoQuietTime() {
        Claim c = honest.claim();
        Claim slow = claim(c, c.basis(), new Required(Duration.ofMinutes(30), Duration.ofMinutes(5), 0.9, true),
                c.gates(), c.waivers());

        assertThat(bad(Bundles.withClaim(honest, slow))).containsExactly("quiet period");
    }

    @Test
    void emptyWallet_isFound() {
        EvidenceBundle poor = new EvidenceBundle(honest.claim(), honest.groups(), honest.requests(), honest.samples(),
                List.of(new Balance(Bundles.BEGIN.plusSeconds(900), 0)), honest.load());
        EvidenceBundle unseen = new EvidenceBundle(honest.claim(), honest.groups(), honest.requests(),
                honest.samples(), List.of(), honest.load());

        assertThat(bad(poor)).containsExactly("wallet");
        assertThat(bad(unseen)).containsExactly("wallet");
    }

    @Test
    void unmetGate_holdsOnlyByANamedWaiver() {
        Claim c = honest.claim();
        List<Gate> gates = new ArrayList<>(c.gates());
        gates.set(1, new Gate("quiet", false, true, "silence", "cannot tell", "a window"));
        EvidenceBundle silent = Bundles.withClaim(Bundles.used(honest, 500), claim(c, Basis.WAIVED, c.required(),
                gates, List.of(new Waiver("quiet", "uid:anna", "smoothed window", null))));
        EvidenceBundle unnamed = Bundles.withClaim(honest, claim(c, Basis.WAIVED, c.required(), gates, List.of()));
        EvidenceBundle boasting = Bundles.withClaim(honest, claim(c, Basis.PROVEN, c.required(), gates,
                List.of(new Waiver("quiet", "uid:anna", "smoothed window", null))));

        assertThat(bad(silent)).isEmpty();
        assertThat(bad(unnamed)).containsExactly("gate quiet");
        assertThat(bad(boasting)).containsExactly("basis");
    }

    @Test
    void keyToKeep_isNotTheKeyToRevoke() {
        Claim c = honest.claim();
        Claim confused = new Claim(c.madeAt(), c.keywane(), c.key(), c.organisation(), c.basis(), c.revoke(),
                c.revoke(), c.published(), c.required(), c.gates(), c.waivers(), c.assumptions());

        assertThat(bad(Bundles.withClaim(honest, confused))).containsExactly("keys");
    }

    @Test
    void assumptions_areAllNamed() {
        Claim c = honest.claim();
        Claim silent = new Claim(c.madeAt(), c.keywane(), c.key(), c.organisation(), c.basis(), c.revoke(), c.keep(),
                c.published(), c.required(), c.gates(), c.waivers(), c.assumptions().subList(0, 5));

        assertThat(bad(Bundles.withClaim(honest, silent))).containsExactly("assumptions");
    }

    private static Claim claim(Claim c, Basis basis, Required required, List<Gate> gates, List<Waiver> waivers) {
        return new Claim(c.madeAt(), c.keywane(), c.key(), c.organisation(), basis, c.revoke(), c.keep(),
                c.published(), required, gates, waivers, c.assumptions());
    }
}
