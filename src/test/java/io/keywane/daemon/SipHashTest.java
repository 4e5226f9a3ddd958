package io.keywane.daemon;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SipHashTest {
    @Test
    void of_referenceKeyAndBytes_isTheReferenceValue() {
        // vectors_sip64[8] of the authors' reference implementation: key 00..0f, input 00..07, output 62 24 93 9a 79 f5 f5 93
        SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
        assertThat(hash.of(0x0706050403020100L)).isEqualTo(0x93f5f5799a932462L);
    }
}
