package io.keywane.usage.mutation;

import java.util.List;

/** The rules of docs/drain-proof.md, each with the source that keeps it. */
final class Teeth {
    static final List<Tooth> ALL = List.of(
            // What counts as ours
            Tooth.of("a request without an answer is nought to one", "usage.OwnRequests", "if (!isCounted) {",
                    "if (max < min) {"),
            Tooth.of("only an answer with limit headers and a Date is counted for certain", "usage.Sample",
                    "return isCountedForCertain() ?", "return status > 0 ?"),
            Tooth.of("an answer that is the one before once more may come from a cache", "usage.Judge",
                    "if (repeats(sample, received)) {",
                    "if (date.equals(Instant.MAX)) {"),
            Tooth.of("a request without an answer may arrive for half a minute", "usage.OwnRequest",
                    "LONGEST_FLIGHT = Duration.ofSeconds(30)", "LONGEST_FLIGHT = Duration.ofSeconds(1)"),
            Tooth.of("a request of another boot or host is nought to one", "usage.OwnRequests",
                    "return (int) strangers.stream()", "return 0 * (int) strangers.stream()"),
            Tooth.of("an own request that may not show yet is nought to one", "usage.OwnWindows",
                    "ring.max(place) <= shown &&", "ring.max(place) <= shot.min() &&"),
            Tooth.of("Remaining that does not count its own request is one too high", "usage.Judge",
                    "(model.countsAnswered() ? 0 : 1);\n        long hi", "0;\n        long hi"),
            // What is in the window
            Tooth.of("an own request at the edge is nought to one", "usage.WindowModel",
                    "return max(tolerance, UNSEEN_STEP).plus(drift());", "return Duration.ZERO;"),
            Tooth.of("a clock may be set by less than its Date shows", "usage.WindowModel",
                    "return max(tolerance, UNSEEN_STEP).plus(drift());", "return tolerance.plus(drift());"),
            Tooth.of("two clocks drift apart", "usage.WindowModel",
                    "return max(tolerance, UNSEEN_STEP).plus(drift());", "return max(tolerance, UNSEEN_STEP);"),
            Tooth.of("a fixed window is not a rolling one", "usage.Judge",
                    "int strangers = own.strangers(sample.sent(), model);\n        if (model.kind() == Kind.ROLLING) {",
                    "int strangers = own.strangers(sample.sent(), model);\n        if (model.length().isPositive()) {"),
            Tooth.of("in a fixed window those are ours that showed the same Reset", "usage.OwnWindows",
                    "isOfWindow(place, code) && ring.reset(place) != reset", "code < 0")
                    .and("boolean isSame = isCounted && isOfWindow(place, code) &&", "boolean isSame = isCounted &&"),
            // What a sample says
            Tooth.of("what is in doubt is not silent", "usage.Judge", "if (!foreign.isZero()) {",
                    "if (foreign.lo() < 0) {"),
            Tooth.of("a full window would hide refused requests", "usage.Judge", "if (reading.remaining() == 0) {",
                    "if (reading.remaining() < 0) {"),
            Tooth.of("less than our own is a contradiction", "usage.Judge", "long hi = used - ours.range().lo();",
                    "long hi = Math.max(0, used - ours.range().lo());"),
            Tooth.of("a Reset too late betrays a wiped counter", "usage.Judge",
                    "if (model.kind() != Kind.ROLLING ||", "if (model.length().isPositive() ||"),
            Tooth.of("in silence Reset can be foretold", "usage.Judge",
                    "if (model.kind() == Kind.FIXED ||", "if (model.length().isPositive() ||"),
            Tooth.of("after a contradiction nothing is claimed for a while", "usage.Trust",
                    "if (contradictions == 0) {",
                    "if (contradictions >= 0) {"),
            Tooth.of("after the third contradiction nothing is claimed", "usage.Trust",
                    "return contradictions < CONTRADICTIONS_TO_LOSE &&", "return"),
            Tooth.of("a limit that changed stands for no window", "usage.WindowMap",
                    "isVoid = isVoid || !isKnown || (shown != 0 && shown != limit);", ""),
            Tooth.of("a Reset out of reach refutes the window", "usage.WindowMap",
                    "isVoid = isVoid || refuted;\n        return refuted;", "return false;"),
            Tooth.of("a limit of two windows stands for none", "usage.WindowLookup", "found.size() == 1",
                    "!found.isEmpty()"),
            // Clocks
            Tooth.of("a clock that was moved ends the silence", "usage.Judge", "if (back.isPresent()) {",
                    "if (back.isPresent() && date.equals(Instant.MAX)) {"),
            Tooth.of("after a step nothing is said for a window", "usage.Judge", "if (trust.isBlind(",
                    "if (date.equals(Instant.MAX) && trust.isBlind("),
            Tooth.of("a restart is bridged only where the clocks agree how long it took", "usage.ServerClock",
                    "if (disagreement > AGREEMENT + drift + (max - min)) {", "if (disagreement < 0) {"),
            Tooth.of("steps back add up", "usage.Trust", "Math.max(stepOver, now) + back",
                    "Math.max(stepOver, now + back)"),
            Tooth.of("a fixed window whose end is too far off is waited for", "usage.Judge",
                    "trust.blindUntil(shot.max() + Millis", "trust.blindUntil(Math.min(0, shot.max()) + 0 * Millis"),
            Tooth.of("where a fixed window began is known but for the drift", "usage.Judge",
                    " - Millis.ceil(model.drift());", ";"),
            Tooth.of("a group that opens may show other windows", "usage.Judge", "map.close();", ""),
            // Chains
            Tooth.of("silence begins at an own request that was seen to be in", "usage.SilenceChain",
                    "? own.max(witness) : own.min(witness)",
                    "? own.max(witness) : own.min(witness) - Millis.ceil(model.length()) / 2"),
            Tooth.of("a gap restarts the chain", "usage.SilenceChain",
                    "begin > reached && !bridge(begin, model, policy)", "begin < NONE")
                    .and("(begin > to && !isBridged(begin))", "begin < NONE"),
            Tooth.of("silence is confirmed once the witness has left", "usage.SilenceChain",
                    "return model.kind() == WindowModel.Kind.FIXED\n                ||",
                    "return model.length().isPositive() ||"),
            Tooth.of("where Reset is no witness it takes three samples", "usage.SilenceChain", "return samples >= 3 ||",
                    "return samples >= 1 ||"),
            Tooth.of("the confirming sample still sees what came late", "usage.WindowModel",
                    "return kind == Kind.FIXED ? length : inside().minus(lag());", "return length;"),
            Tooth.of("strictly, no silence reaches over the end of a fixed window", "usage.SilenceChain",
                    "&& !policy.allows(Cause.WINDOW_END);", "&& policy.equals(null);")
                    .and("if (isFixed && policy.allows(Cause.WINDOW_END)", "if (isFixed"),
            Tooth.of("an answer that says nothing ends the silence", "usage.GroupAccount", "if (!isLost(sample)) {",
                    "if (sample.status() < 0) {"),
            Tooth.of("two probes in a row without an answer end it", "usage.SilenceChain", "OUTAGE = 2",
                    "OUTAGE = 1_000"),
            Tooth.of("a group that opens begins a chain of its own", "usage.SilenceChain", "long reach = 0;",
                    "long reach = strands.isEmpty() ? -NONE : 0;"),
            Tooth.of("a closed group is looked at again", "usage.GroupAccount", "CLOSED_REACH = Duration.ofMinutes(15)",
                    "CLOSED_REACH = Duration.ofDays(15)"),
            Tooth.of("silence counts where every group is silent", "rotation.AtTheGates",
                    "common = common.flatMap(span -> group.silence().flatMap(span::intersect));",
                    "common = common.or(group::silence);"),
            // Policies
            Tooth.of("a shadow hides no more requests than replies were lost", "usage.SilenceChain",
                    "|| !isExplained || lost == 0", "|| lost == 0")
                    .and("if (this.isExplained && policy", "if (policy"),
            Tooth.of("a policy that denies shadows leaves no hole", "usage.ProofPolicy",
                    "case LOST_REPLY -> shadowSpans == ShadowSpans.ALLOW;", "case LOST_REPLY -> true;"));

    private Teeth() {}
}
