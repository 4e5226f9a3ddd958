package io.keywane.usage.mutation;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each rule of the account is there for a reason: without it a directed case fails, or a seeded scenario shows something
 * false. So no rule can go unnoticed, and none is kept that prevents nothing.
 */
class TeethTest {
    private static final long FIRST = 31_000_000;
    private static final long SEEDS = 100;
    private static final String NOTHING = "nothing";
    private static final ClassLoader HERE = TeethTest.class.getClassLoader();

    @Test
    void everyRule_leftOut_isMissed() {
        System.out.println("Teeth: a rule left out, and what catches that");
        List<String> missed = Teeth.ALL.stream().map(TeethTest::row).peek(System.out::println)
                .filter(row -> row.endsWith(NOTHING)).toList();

        assertThat(missed).isEmpty();
    }

    @Test
    void theCodeAsItIs_playedTheSameWay_isFaultless() throws ReflectiveOperationException {
        MutantLoader unchanged = MutantLoader.wide(HERE, Map.of());

        assertThat(DirectedTests.firstFailure(unchanged)).isEmpty();
        assertThat(failingSeed(unchanged, 20)).isEmpty();
    }

    private static String row(Tooth tooth) {
        try {
            MutantLoader toothless = MutantLoader.wide(HERE, SourceChange.without(tooth));
            Optional<String> directed = DirectedTests.firstFailure(toothless);
            Optional<String> caught = directed.isPresent() ? directed : failingSeed(toothless, SEEDS);
            return String.format("  %-78s %s", tooth.rule(), caught.orElse(NOTHING));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(tooth.rule(), e);
        }
    }

    /** The first false thing that seeded scenarios show; empty where they show none. */
    private static Optional<String> failingSeed(ClassLoader classes, long number) throws ReflectiveOperationException {
        Method play = classes.loadClass("io.keywane.usage.sim.FirstLie").getDeclaredMethod("of", long.class,
                long.class);
        play.setAccessible(true);
        return Optional.of((String) play.invoke(null, FIRST, number)).filter(lie -> !lie.isEmpty());
    }
}
