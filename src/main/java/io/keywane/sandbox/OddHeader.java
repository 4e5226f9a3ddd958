package io.keywane.sandbox;

import java.util.List;
import java.util.Locale;

/** How the rate-limit and credit headers are spoilt: a client must find such a sample unusable, never zero. */
public enum OddHeader {
    MISSING {
        @Override
        List<String> spoil(String value) {
            return List.of();
        }
    },
    EMPTY {
        @Override
        List<String> spoil(String value) {
            return List.of("");
        }
    },
    NEGATIVE {
        @Override
        List<String> spoil(String value) {
            return List.of("-" + value);
        }
    },
    /** Two fields of one name with different values. */
    REPEATED {
        @Override
        List<String> spoil(String value) {
            return List.of(value, value + "1");
        }
    },
    NONSENSE {
        @Override
        List<String> spoil(String value) {
            return List.of("soon");
        }
    },
    /** One more than a signed 64-bit integer holds. */
    OVERFLOW {
        @Override
        List<String> spoil(String value) {
            return List.of("9223372036854775808");
        }
    };

    /** The values sent instead, one field each. */
    abstract List<String> spoil(String value);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
