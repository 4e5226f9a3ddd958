package io.keywane.usage.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The sum of what came of many scenarios. Not safe for use by several threads at once. */
final class Tally {
    private static final int KEPT = 20;

    long scenarios;
    long samples;
    long claims;
    long falseClaims;
    long falseBounds;
    long flags;
    long falseFlags;
    long withdrawals;
    /** Scenarios in which a policy let use pass unseen, and those of them in which it led to a flag. */
    long usedInHoles;
    long flaggedOverUse;
    long own;
    /** The first scenarios that went wrong. */
    final List<Outcome> failed = new ArrayList<>();

    void add(Outcome outcome) {
        scenarios++;
        samples += outcome.samples;
        claims += outcome.claims;
        falseClaims += outcome.falseClaims.size();
        falseBounds += outcome.falseBounds.size();
        flags += outcome.flags.size();
        falseFlags += outcome.falseFlags.size();
        withdrawals += outcome.withdrawals.size();
        own += outcome.ownRequests;
        usedInHoles += outcome.usedInHoles ? 1 : 0;
        flaggedOverUse += outcome.flaggedOverUse ? 1 : 0;
        if (!outcome.isSound() && failed.size() < KEPT) {
            failed.add(outcome);
        }
    }

    static String head() {
        return String.format("%-34s %9s %11s %11s %8s %8s %9s %8s %9s %9s", "", "scenarios", "samples", "claims",
                "false", "false", "flags", "false", "withdrawn", "waived:") + System.lineSeparator()
                + String.format("%-34s %9s %11s %11s %8s %8s %9s %8s %9s %9s", "", "", "", "of silence", "claims",
                        "bounds", "", "flags", "", "use/flags");
    }

    String row(String name) {
        return String.format(Locale.ROOT, "%-34s %,9d %,11d %,11d %,8d %,8d %,9d %,8d %,9d %9s", name, scenarios,
                samples,
                claims, falseClaims, falseBounds, flags, falseFlags, withdrawals, usedInHoles + "/" + flaggedOverUse);
    }
}
