package io.keywane.evidence;

import io.keywane.evidence.EvidenceBundle.Balance;
import io.keywane.evidence.EvidenceBundle.Basis;
import io.keywane.evidence.EvidenceBundle.Claim;
import io.keywane.evidence.EvidenceBundle.Gate;
import io.keywane.evidence.EvidenceBundle.Group;
import io.keywane.evidence.EvidenceBundle.Request;
import io.keywane.evidence.EvidenceBundle.Sample;
import io.keywane.key.Moment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks a bundle from its raw samples up, without the daemon and without its accounting. */
public final class EvidenceCheck {
    private static final Set<String> ASSUMPTIONS = Set.of("A1", "A2", "A3", "A4", "A5", "A6");

    private final EvidenceBundle bundle;
    private final Claim claim;
    private final List<Finding> findings = new ArrayList<>();

    private EvidenceCheck(EvidenceBundle bundle) {
        this.bundle = bundle;
        this.claim = bundle.claim();
    }

    /** All findings, good and bad; where all are good the bundle shows what it claims. */
    public static List<Finding> run(EvidenceBundle bundle) {
        EvidenceCheck check = new EvidenceCheck(bundle);
        check.identity();
        check.ledger();
        check.gates();
        check.waivable("quiet", check::quiet);
        check.waivable("wallet", check::wallet);
        check.assumptions();
        return List.copyOf(check.findings);
    }

    private void identity() {
        EvidenceBundle.Version keep = claim.keep();
        if (keep != null && keep.id().equals(claim.revoke().id())) {
            bad("keys", "the key to revoke and the key to keep are the same");
            return;
        }
        good("keys", "revoke " + claim.revoke().id().substring(0, 8) + (keep == null
                ? "; no key is in its place"
                : ", keep " + keep.id().substring(0, 8)));
    }

    /** Each request that was answered has its sample, and each sample its request: what is missing would hide use. */
    private void ledger() {
        Set<String> sampled = bundle.samples().stream().map(Sample::request).collect(Collectors.toSet());
        Set<String> asked = bundle.requests().stream().map(Request::id).collect(Collectors.toSet());
        Set<String> counted = bundle.requests().stream().filter(r -> r.fate().equals("counted")).map(Request::id)
                .collect(Collectors.toCollection(HashSet::new));
        counted.removeAll(sampled);
        long strangers = bundle.samples().stream().filter(s -> s.limit() != null && !asked.contains(s.request()))
                .count();
        boolean twice = sampled.size() < bundle.samples().size() || asked.size() < bundle.requests().size();
        if (!counted.isEmpty()) {
            bad("ledger", counted.size() + " requests were counted, but their samples are missing");
        }
        if (strangers > 0) {
            bad("ledger", strangers + " samples belong to no request");
        }
        if (twice) {
            bad("ledger", "a request or a sample stands there twice");
        }
        if (counted.isEmpty() && strangers == 0 && !twice) {
            good("ledger", bundle.requests().size() + " requests, " + bundle.samples().size() + " samples");
        }
    }

    private void gates() {
        for (Gate gate : claim.gates()) {
            boolean named = claim.waivers().stream().anyMatch(waiver -> waiver.gate().equals(gate.gate()));
            if (gate.met()) {
                good("gate " + gate.gate(), gate.known());
            } else if (gate.waived() && named) {
                claim.waivers().stream().filter(w -> w.gate().equals(gate.gate())).forEach(w -> good("gate "
                        + gate.gate(), "not proven; waived by " + w.by() + ": " + w.reason()));
            } else {
                bad("gate " + gate.gate(), "neither met nor waived by a named person: " + gate.missing());
            }
        }
        boolean allMet = claim.gates().stream().allMatch(Gate::met);
        if (claim.gates().isEmpty() || allMet != (claim.basis() == Basis.PROVEN)) {
            bad("basis", "it claims to be " + claim.basis().name().toLowerCase(java.util.Locale.ROOT)
                    + ", which its gates do not say");
        }
    }

    private void waivable(String gate, Runnable proof) {
        boolean met = claim.gates().stream().anyMatch(g -> g.gate().equals(gate) && g.met());
        if (met) {
            proof.run();
        }
    }

    private void quiet() {
        if (bundle.groups().isEmpty()) {
            bad("quiet period", "no limiter group was watched");
            return;
        }
        bundle.groups().forEach(group -> findings.addAll(new SilenceCheck(group, bundle).findings()));
        Moment from = null;
        Moment to = null;
        for (Group group : bundle.groups()) {
            Moment begins = group.from();
            Moment ends = group.to();
            if (begins == null || ends == null || (from != null && !from.boot().equals(begins.boot()))) {
                return;
            }
            from = from == null || isBefore(from, begins) ? begins : from;
            to = to == null || isBefore(ends, to) ? ends : to;
        }
        if (from == null || to == null) {
            return;
        }
        Duration common = to.sinceBoot().minus(from.sinceBoot());
        Duration allowed = to.elapsedSince(claim.published())
                .map(since -> since.minus(claim.required().propagationDelay())).orElse(common);
        Duration counts = allowed.compareTo(common) < 0 ? allowed : common;
        Duration asked = claim.required().quietPeriod();
        if (counts.compareTo(asked) < 0) {
            bad("quiet period", "common silence of " + counts.toSeconds() + " s, but " + asked.toSeconds()
                    + " s are required");
            return;
        }
        good("quiet period", counts.toSeconds() + " s of silence in all groups, " + asked.toSeconds() + " s required");
    }

    private void wallet() {
        Instant from = bundle.groups().stream().map(Group::from).filter(m -> m != null).map(Moment::wall)
                .max(Instant::compareTo).orElse(claim.published().wall());
        List<Balance> since = bundle.wallet().stream().filter(b -> !b.at().isBefore(claim.published().wall()))
                .toList();
        if (since.isEmpty()) {
            bad("wallet", "it was not looked into after " + from);
            return;
        }
        long lowest = since.stream().mapToLong(Balance::balance).min().orElseThrow();
        if (lowest <= 0) {
            bad("wallet", "it was empty: refused requests are not counted, and look like silence");
            return;
        }
        good("wallet", "lowest balance " + lowest + " in " + since.size() + " readings");
    }

    private void assumptions() {
        Set<String> named = claim.assumptions().stream().map(EvidenceBundle.Assumption::name)
                .collect(Collectors.toSet());
        if (!named.containsAll(ASSUMPTIONS)) {
            bad("assumptions", "not all of A1 to A6 are named");
        }
    }

    private static boolean isBefore(Moment a, Moment b) {
        return a.sinceBoot().compareTo(b.sinceBoot()) < 0;
    }

    private void good(String subject, String text) {
        findings.add(Finding.good(subject, text));
    }

    private void bad(String subject, String text) {
        findings.add(Finding.bad(subject, text));
    }
}
