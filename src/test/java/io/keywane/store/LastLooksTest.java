package io.keywane.store;

import org.junit.jupiter.api.Test;

import static io.keywane.store.Samples.FEED;
import static io.keywane.store.Samples.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

class LastLooksTest {
    private final LastLooks<String> looks = new LastLooks<>();

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
}
