package io.keywane.runbook;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ShownOutputTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"a b|a   b|true", "for … ago|for 3s ago|true", "for … ago|for 3s|false",
        "…/x|x/…/x|true", "a/…/c|a/b1/b2/c|true", "a/…/c|a/c|true", "a/…|a|true", "a/b|a|false", "a|a/b|false",
        "a (b).*|a (b).*|true", "a.|ab|false", "…|''|true", "a/…/d|a/b/c|false"})
    void shown_againstPrinted_matchesByTheRule(String shown, String printed, boolean fits) {
        assertThat(ShownOutput.mismatch(List.of(shown.split("/", -1)), List.of(printed.split("/", -1))).isEmpty())
                .isEqualTo(fits);
    }
}
