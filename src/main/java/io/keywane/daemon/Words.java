package io.keywane.daemon;

import java.util.Locale;

/** The word of an enum's constant in labels and logs. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
