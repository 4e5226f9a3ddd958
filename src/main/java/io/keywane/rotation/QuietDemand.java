package io.keywane.rotation;

import io.keywane.usage.Cadence;
import io.keywane.usage.GroupCadence;
import io.keywane.usage.Rhythm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How long the silence of a leaving version must last, and why so long.
 *
 * @param length never below the policy's floor
 * @param basis what asks for it
 * @param because the same in words
 */
public record QuietDemand(Duration length, Basis basis, String because) {
    /** Runs of a job that the old key must let pass in silence: its next one, and one more to be sure that it moved. */
    private static final int RUNS = 2;

    /** What the length comes from: a closed list. */
    public enum Basis {
        /** The policy says so, whatever the history. */
        FIXED,
        /** The key was never served, so its name's history is not its own. */
        NEVER_SERVED,
        /** The history asks for less than the policy. */
        FLOOR,
        /** The longest idle time of the past, times the policy's factor. */
        LONGEST_GAP,
        /** The version itself was used again after so long, times the factor. */
        RETURNED,
        /** A job on a timetable, two of whose runs must pass. */
        RHYTHM,
        /** The history is too little to tell. */
        UNKNOWN_CADENCE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public QuietDemand {
        requireNonNull(length, "length is null");
        requireNonNull(basis, "basis is null");
        requireNonNull(because, "because is null");
    }

    /**
     * What is asked of a silence that begins at a time. Only its length counts, on the even clock; the time serves to find
     * the next runs, so a clock that is wrong shifts them but never asks for less than a period between two.
     */
    static QuietDemand of(QuietPolicy policy, boolean served, VersionEvidence evidence, Instant begin) {
        Cadence cadence = evidence.cadence();
        if (!policy.fromHistory()) {
            return new QuietDemand(policy.floor(), Basis.FIXED, "fixed by the policy");
        }
        if (!served) {
            return new QuietDemand(policy.floor(), Basis.NEVER_SERVED, "it was never served to consumers");
        }
        List<QuietDemand> demands = new ArrayList<>();
        demands.add(new QuietDemand(policy.floor(), Basis.FLOOR, floorWords(cadence)));
        longestGap(policy, cadence).ifPresent(demands::add);
        returned(policy, evidence.groups()).ifPresent(demands::add);
        rhythm(cadence, begin).ifPresent(demands::add);
        if (!cadence.isEnough()) {
            demands.add(new QuietDemand(policy.unknownCadence(), Basis.UNKNOWN_CADENCE, unknownWords(cadence)));
        }
        return demands.stream().max(Comparator.comparing(QuietDemand::length)).orElseThrow();
    }

    private static String floorWords(Cadence cadence) {
        return "the policy's least" + cadence.longestIdle()
                .map(group -> "; the longest idle time seen is " + Words.of(group.longestGap()) + " in "
                        + group.group())
                .orElse("");
    }

    private static Optional<QuietDemand> longestGap(QuietPolicy policy, Cadence cadence) {
        return cadence.longestIdle().map(group -> new QuietDemand(
                policy.times(group.longestGap()), Basis.LONGEST_GAP,
                String.format(Locale.ROOT, "%s times the longest idle time seen, %s in %s%s",
                        Words.of(policy.factor()), Words.of(group.longestGap()), group.group(),
                        group.gapEnd().map(end -> " up to " + Words.of(end)).orElse(""))));
    }

    private static Optional<QuietDemand> returned(QuietPolicy policy, List<GroupEvidence> groups) {
        return groups.stream().filter(group -> !group.returned().isZero())
                .max(Comparator.comparing(GroupEvidence::returned))
                .map(group -> new QuietDemand(policy.times(group.returned()), Basis.RETURNED,
                        String.format(Locale.ROOT, "this key was used again in %s after %s; that times %s",
                                group.group(), Words.of(group.returned()), Words.of(policy.factor()))));
    }

    private static Optional<QuietDemand> rhythm(Cadence cadence, Instant begin) {
        List<QuietDemand> demands = new ArrayList<>();
        for (GroupCadence group : cadence.groups()) {
            for (Rhythm rhythm : group.rhythms()) {
                Duration length = Duration.between(begin, rhythm.endOfRun(begin, RUNS));
                demands.add(
                        new QuietDemand(length, Basis.RHYTHM, "two runs of a job must pass that uses " + group.group()
                                + " " + rhythm.words()));
            }
        }
        return demands.stream().max(Comparator.comparing(QuietDemand::length));
    }

    private static String unknownWords(Cadence cadence) {
        if (cadence.known().isZero()) {
            return "nothing is known of how the key was used before";
        }
        Optional<GroupCadence> once = cadence.groups().stream().filter(g -> g.use() == GroupCadence.Use.ONCE)
                .findFirst();
        if (cadence.isSeenLongEnough() && once.isPresent()) {
            return once.get().group() + " was seen in use on one occasion only, which is no rhythm";
        }
        return String.format(Locale.ROOT, "only %s of the key's use are known, %.0f %% of them observed",
                Words.of(cadence.known()), 100 * cadence.coverage());
    }
}
