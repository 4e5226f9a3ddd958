package io.keywane.store;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FileAccessTest {
    @ParameterizedTest
    @CsvSource({
        // mode, owner, self, private
        "600, 998, 998, true", "400, 998, 998, true", "640, 998, 998, false", "604, 998, 998, false",
        "440, 0, 0, false", "640, 0, 0, false", "400, 0, 0, true",
        // a systemd credential or a Kubernetes secret, lent by root to an unprivileged process
        "440, 0, 998, true", "640, 0, 998, true", "660, 0, 998, false", "444, 0, 998, false", "441, 0, 998, false",
        "440, 1000, 998, false"})
    void isPrivate_ofAFile_needsThatOnlyRootAndWeCanRead(String mode, int owner, int self, boolean expected) {
        assertThat(new FileAccess(Integer.parseInt(mode, 8), owner, self).isPrivate()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"998, 998, true", "0, 998, false", "998, 0, true", "1000, 998, false"})
    void isOurs_ofAFile_needsOurUserOrRoot(int owner, int self, boolean expected) {
        assertThat(new FileAccess(0600, owner, self).isOurs()).isEqualTo(expected);
    }
}
