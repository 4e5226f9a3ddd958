package io.keywane.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SpellingTest {
    private static final List<String> ALLOWED = List.of("base_url", "key_header", "organisations", "owner");

    @ParameterizedTest
    @CsvSource({"baseUrl, base_url", "key-header, key_header", "organizations, organisations", "onwer, owner",
        "OWNER, owner", "bas_url, base_url"})
    void nearest_slipOfTheFinger_isFound(String word, String meant) {
        assertThat(Spelling.nearest(word, ALLOWED)).contains(meant);
    }

    @Test
    void suggestion_nothingNear_listsWhatIsAllowed() {
        assertThat(Spelling.suggestion("telephone", ALLOWED))
                .isEqualTo("allowed here: base_url, key_header, organisations, owner");
        assertThat(Spelling.suggestion("telephone", List.of())).isEqualTo("nothing is allowed here");
    }
}
