package io.keywane.usage.mutation;

import java.util.List;

/**
 * A rule of the account, and how the source reads without it.
 *
 * @param rule what it says
 * @param type the class that keeps it, below {@code io.keywane}
 */
record Tooth(String rule, String type, List<Edit> edits) {
    /** A piece of source, which must be there exactly once, and what stands in its place. */
    record Edit(String code, String without) {
        String apply(String source) {
            int at = source.indexOf(code);
            if (at < 0 || source.indexOf(code, at + 1) >= 0) {
                throw new IllegalStateException("the source must hold exactly once: " + code);
            }
            return source.substring(0, at) + without + source.substring(at + code.length());
        }
    }

    Tooth {
        edits = List.copyOf(edits);
    }

    static Tooth of(String rule, String type, String code, String without) {
        return new Tooth(rule, type, List.of(new Edit(code, without)));
    }

    Tooth and(String code, String without) {
        return new Tooth(rule, type, List.of(edits.getFirst(), new Edit(code, without)));
    }

    String pull(String source) {
        String changed = source;
        for (Edit edit : edits) {
            changed = edit.apply(changed);
        }
        return changed;
    }
}
