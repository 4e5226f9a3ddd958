package io.keywane.usage.mutation;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The directed tests notice each changed comparison of the account between headers and silence. */
class MutationTest {
    @Test
    void comparisons_ofTheIntervals_areEachNoticedOrExplained() {
        MutationRun run = new MutationRun(Equivalents.read(),
                mutation -> mutation.change().kind() == Mutation.Kind.COMPARISON).play();
        System.out.print(run.report());

        assertThat(run.survivors()).isEmpty();
        assertThat(run.tried()).isGreaterThan(450);
    }

    @Test
    void explanations_ofMutationsThatAreNoMore_areGone() {
        Set<String> stale = new HashSet<>(Equivalents.read().names());
        stale.removeAll(MutationRun.mutations().stream().map(Mutation::name).collect(Collectors.toSet()));

        assertThat(List.copyOf(stale)).isEmpty();
    }
}
