package io.keywane.evidence;

import io.keywane.evidence.EvidenceBundle.Basis;
import io.keywane.evidence.EvidenceBundle.Claim;
import io.keywane.evidence.EvidenceBundle.Contents;
import io.keywane.evidence.EvidenceBundle.Gate;
import io.keywane.evidence.EvidenceBundle.Request;
import io.keywane.evidence.EvidenceBundle.Sample;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks a bundle from its raw samples up, without the daemon and without its accounting. */
public final class EvidenceCheck {
    private static final Set<String> ASSUMPTIONS = Set.of("A1", "A2", "A3", "A4", "A5", "A6");
    private static final Set<String> GATES = Set.of("propagation", "quiet", "switch", "wallet");

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
        check.contents();
        check.ledger();
        check.gates();
        GateCheck gates = new GateCheck(bundle);
        check.ifMet("propagation", gates::propagation);
        check.ifMet("quiet", gates::quiet);
        check.ifMet("switch", gates::carried);
        check.ifMet("wallet", gates::wallet);
        check.findings.addAll(gates.findings());
        check.assumptions();
        return List.copyOf(check.findings);
    }

    private void identity() {
        EvidenceBundle.Version keep = claim.keep();
        if (keep != null
                && (keep.id().equals(claim.revoke().id()) || keep.fingerprint().equals(claim.revoke().fingerprint()))) {
            bad("keys", "the key to revoke and the key to keep are the same");
            return;
        }
        good("keys", "revoke " + name(claim.revoke()) + (keep == null
                ? "; no key is in its place"
                : ", keep " + name(keep)));
    }

    private static String name(EvidenceBundle.Version version) {
        String brief = version.id().substring(0, Math.min(8, version.id().length()));
        return brief + (version.dashboardName() == null ? "" : " \"" + version.dashboardName() + "\"")
                + (version.publicPrefix() == null ? "" : ", prefix " + version.publicPrefix());
    }

    private void contents() {
        Contents there = new Contents(bundle.requests().size(), bundle.samples().size(), bundle.wallet().size());
        if (there.equals(claim.contents())) {
            good("contents", there.requests() + " requests, " + there.samples() + " samples, " + there.balances()
                    + " readings of the wallet, as claimed");
            return;
        }
        bad("contents", "it holds " + there.requests() + " requests, " + there.samples() + " samples, "
                + there.balances() + " readings of the wallet, and claims " + claim.contents().requests() + ", "
                + claim.contents().samples() + ", " + claim.contents().balances());
    }

    /** Each request that was answered has its sample, and each sample its request: what is missing would hide use. */
    private void ledger() {
        Set<String> sampled = bundle.samples().stream().map(Sample::request).collect(Collectors.toSet());
        Set<String> asked = bundle.requests().stream().map(Request::id).collect(Collectors.toSet());
        Set<String> counted = bundle.requests().stream().filter(r -> r.fate().equals("counted")).map(Request::id)
                .collect(Collectors.toCollection(HashSet::new));
        counted.removeAll(sampled);
        long strangers = bundle.samples().stream().filter(s -> !asked.contains(s.request())).count();
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
            good("ledger", "every request that was counted has its sample, and every sample its request");
        }
    }

    private void gates() {
        for (Gate gate : claim.gates()) {
            boolean named = claim.waivers().stream().anyMatch(waiver -> waiver.gate().equals(gate.gate()));
            if (!gate.met() && gate.waived() && named) {
                claim.waivers().stream().filter(w -> w.gate().equals(gate.gate())).forEach(w -> good("gate "
                        + gate.gate(), "not proven; waived by " + w.by() + ": " + w.reason()));
            } else if (!gate.met()) {
                bad("gate " + gate.gate(), "neither met nor waived by a named person: " + gate.missing());
            }
        }
        Set<String> named = claim.gates().stream().map(Gate::gate).collect(Collectors.toSet());
        boolean allMet = claim.gates().stream().allMatch(Gate::met);
        if (!named.equals(GATES) || allMet != (claim.basis() == Basis.PROVEN)) {
            bad("basis", "it claims to be " + claim.basis().name().toLowerCase(Locale.ROOT)
                    + ", which its gates do not say");
        }
    }

    private void ifMet(String gate, Runnable proof) {
        boolean met = claim.gates().stream().anyMatch(g -> g.gate().equals(gate) && g.met());
        if (met) {
            proof.run();
        }
    }

    private void assumptions() {
        Set<String> named = claim.assumptions().stream().map(EvidenceBundle.Assumption::name)
                .collect(Collectors.toSet());
        if (!named.containsAll(ASSUMPTIONS)) {
            bad("assumptions", "not all of A1 to A6 are named");
        }
    }

    private void good(String subject, String text) {
        findings.add(Finding.good(subject, text));
    }

    private void bad(String subject, String text) {
        findings.add(Finding.bad(subject, text));
    }
}
