package io.keywane.store;

import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreFailure.Kind;
import io.keywane.key.Moment;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

import static io.keywane.store.Samples.FEED;
import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.SecretStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

class LastLooksTest {
    private Moment now = new Moment("boot-1", Duration.ofHours(1), Instant.parse("2026-03-01T10:00:00Z"));
    private final LastLooks<String> looks = new LastLooks<>(() -> now, Duration.ofMinutes(1));

    @Test
    void look_undisturbed_isKeptUntilAChange() {
        assertThat(looks.get(SEARCH)).isEmpty();
        assertThat(looks.look(SEARCH, () -> "first")).isEqualTo("first");
        looks.look(FEED, () -> "other");
        assertThat(looks.get(SEARCH)).contains("first");

        looks.forget(SEARCH);

        assertThat(looks.get(SEARCH)).isEmpty();
        assertThat(looks.get(FEED)).contains("other");
    }

    @Test
    void look_thatWasUnderWayDuringAChange_isGivenButNotKept() {
        String seen = looks.look(SEARCH, () -> {
            looks.forget(SEARCH);
            return "what was before";
        });

        assertThat(seen).isEqualTo("what was before");
        assertThat(looks.get(SEARCH)).isEmpty();
    }

    @Test
    void look_whileAnotherKeyChanges_isKept() {
        looks.look(SEARCH, () -> {
            looks.forget(FEED);
            return "seen";
        });

        assertThat(looks.get(SEARCH)).contains("seen");
    }

    private void fail(StoreFailure.Kind kind) {
        assertFails(kind, () -> looks.look(SEARCH, () -> {
            throw new StoreException(kind, "asked for by the test");
        }));
    }

    @Test
    void look_storeUnreachable_isToldForFiveSecondsWithoutAnotherLook() {
        looks.look(SEARCH, () -> "seen before");
        fail(Kind.UNAVAILABLE);

        now = now.plus(Duration.ofMillis(4_900));
        assertFails(Kind.UNAVAILABLE, () -> looks.get(SEARCH));
        assertThat(looks.get(FEED)).isEmpty();

        now = now.plus(Duration.ofMillis(100));
        assertThat(looks.get(SEARCH)).contains("seen before");
    }

    @Test
    void look_afterAFailure_isTakenWhenAskedForAndEndsIt() {
        fail(Kind.UNAVAILABLE);
        assertThat(looks.look(SEARCH, () -> "again")).isEqualTo("again");
        assertThat(looks.get(SEARCH)).contains("again");

        fail(Kind.UNAVAILABLE);
        looks.forget(SEARCH);
        assertThat(looks.get(SEARCH)).isEmpty();
    }

    @Test
    void look_refusedForAnotherReason_isTakenAgainAtOnce() {
        fail(Kind.DENIED);
        assertThat(looks.get(SEARCH)).isEmpty();
    }
}
