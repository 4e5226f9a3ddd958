package io.keywane.sandbox;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class KeyGeneratorTest {

    @Test
    void value_shape_isTheVendorsWithItsOwnPrefix() {
        assertThat(new KeyGenerator(1).value(1)).matches("jbe_sbx_[A-Za-z0-9_-]{21}_[A-Za-z0-9_-]{43}").hasSize(73);
    }

    @Test
    void value_sameSeedAndNumber_isTheSame() {
        assertThat(new KeyGenerator(42).value(7)).isEqualTo(new KeyGenerator(42).value(7));
    }

    @Test
    void value_otherSeedOrNumber_isAnother() {
        Set<String> values = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            for (int number = 1; number <= 50; number++) {
                values.add(new KeyGenerator(seed).value(number));
            }
        }
        assertThat(values).hasSize(2_500);
    }

    @Test
    void withoutKeys_text_losesEveryKey() {
        String key = new KeyGenerator(1).value(1);
        assertThat(KeyGenerator.withoutKeys("a " + key + " b " + key)).isEqualTo("a [key] b [key]");
        assertThat(KeyGenerator.withoutKeys("jobo-python/4.0.0")).isEqualTo("jobo-python/4.0.0");
    }
}
