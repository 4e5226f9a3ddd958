package io.keywane.evidence;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EvidenceFileTest {
    private final EvidenceBundle bundle = Bundles.honest();
    private final byte[] file = EvidenceFile.write(bundle);

    @Test
    void bundle_writtenAndRead_isTheSame() throws EvidenceException {
        assertThat(EvidenceFile.read(file)).isEqualTo(bundle);
        assertThat(EvidenceFile.digest(file)).matches("[0-9a-f]{64}");
    }

    @Test
    void everyByte_changed_isFound() {
        for (int i = 0; i < file.length; i++) {
            byte[] changed = file.clone();
            changed[i] = (byte) (changed[i] == '1' ? '2' : '1');
            assertThatExceptionOfType(EvidenceException.class).as("byte %s", i)
                    .isThrownBy(() -> EvidenceFile.read(changed));
        }
    }

    @Test
    void file_cutShort_isFound() {
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatExceptionOfType(EvidenceException.class).as("cut to %s", length)
                    .isThrownBy(() -> EvidenceFile.read(cut));
        }
    }

    @Test
    void unknownFieldOrType_isFoundEvenWithARightDigest() {
        String text = new String(file, StandardCharsets.UTF_8);
        assertThatExceptionOfType(EvidenceException.class)
                .isThrownBy(() -> EvidenceFile.read("{\"type\":\"end\",\"format\":2,\"sha256\":\"\"}\n".getBytes(
                        StandardCharsets.UTF_8)))
                .withMessageContaining("format 2");
        assertThat(text.lines().count()).isEqualTo(bundle.requests().size() + bundle.samples().size() + 5L);
    }
}
