package io.keywane.usage.mutation;

/**
 * One instruction changed into another.
 *
 * @param owner the simple name of its class, as the class file has it
 * @param method its name and descriptor
 * @param place which of the method's instructions, from 0
 * @param line of the source
 * @param ordinal which of the same changes in the method, from 1: names it where lines move
 */
record Mutation(String owner, String method, int place, int line, Change change, int ordinal) {
    /** What is put in place of what. */
    record Change(Kind kind, String before, String after) {}

    /** Which promise it tries. */
    enum Kind {
        COMPARISON, ARITHMETIC
    }

    /** A name that survives changes elsewhere. */
    String name() {
        return "%s.%s %s->%s #%d".formatted(owner, method.substring(0, method.indexOf('(')), change.before(),
                change.after(), ordinal);
    }
}
