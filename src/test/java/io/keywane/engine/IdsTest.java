package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class IdsTest {
    private static final KeyName SEARCH = new KeyName("search");
    private static final KeyName FEED = new KeyName("feed");
    private static final KeyMaterial OLD = TestingWorld.material("old");

    private final Ids ids = new Ids(new Randomness() {
        @Override
        public double fraction() {
            return 0;
        }

        @Override
        public byte[] bytes(int count) {
            return new byte[count];
        }
    }, "a pepper".getBytes(StandardCharsets.UTF_8));

    @Test
    void ofRequest_isTheRequestsOwnForEachVerbAndKey() {
        List<String> made = List.of(ids.ofRequest("start", SEARCH, "CHG-1234"),
                ids.ofRequest("start", FEED, "CHG-1234"),
                ids.ofRequest("rollback", SEARCH, "CHG-1234"), ids.ofRequest("start", SEARCH, "CHG-1235"));

        assertThat(made).doesNotHaveDuplicates();
        assertThat(ids.ofRequest("start", SEARCH, "CHG-1234")).isEqualTo(made.getFirst());
    }

    @Test
    void asked_differsByVerbArgumentsAndKey_andShowsNoneOfThem() {
        List<String> made = List.of(ids.asked("supply", "key=search\n", Optional.of(OLD)),
                ids.asked("supply", "key=search\n", Optional.of(TestingWorld.material("new"))),
                ids.asked("supply", "key=feed\n", Optional.of(OLD)),
                ids.asked("supply", "key=search\n", Optional.empty()),
                ids.asked("import", "key=search\n", Optional.of(OLD)));

        assertThat(made).doesNotHaveDuplicates().allMatch(asked -> asked.matches("(supply|import) [0-9a-f]{32}"));
        assertThat(ids.asked("supply", "key=search\n", Optional.of(OLD))).isEqualTo(made.getFirst());
    }
}
