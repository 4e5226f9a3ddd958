package io.keywane.usage.mutation;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The directed tests notice each changed comparison in the classes that reckon with own requests, windows and clocks. */
class MutationTest {
    /** Of the others {@code src/test/sh/mutate} tells what is not noticed. */
    private static final Set<String> COMPLETE = Set.of("CountRange", "OwnRing", "OwnWindows", "OwnWindows$Tally",
            "ServerClock", "Shift", "Shot", "SilentSpan", "SilentSpan$Hole", "Trust", "WindowLookup", "WindowMap");

    @Test
    void comparisons_ofTheIntervals_areEachNoticedOrExplained() {
        MutationRun run = new MutationRun(Equivalents.read(),
                mutation -> mutation.change().kind() == Mutation.Kind.COMPARISON
                        && COMPLETE.contains(mutation.owner()))
                .play();
        System.out.print(run.report());

        assertThat(run.survivors()).isEmpty();
        assertThat(run.tried()).isGreaterThan(150);
    }

    @Test
    void explanations_ofMutationsThatAreNoMore_areGone() {
        Set<String> stale = new HashSet<>(Equivalents.read().names());
        stale.removeAll(MutationRun.mutations().stream().map(Mutation::name).collect(Collectors.toSet()));

        assertThat(List.copyOf(stale)).isEmpty();
    }
}
