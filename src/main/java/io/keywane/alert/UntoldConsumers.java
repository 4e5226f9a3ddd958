package io.keywane.alert;

import static java.util.Objects.requireNonNull;

/**
 * Consumers whose key was published and who could not be told.
 *
 * @param program the command that is to tell them
 * @param vain how many runs did not succeed, one after the other
 * @param detail why the last one did not; shows no key
 */
public record UntoldConsumers(String program, int vain, String detail) {
    public UntoldConsumers {
        requireNonNull(program, "program is null");
        requireNonNull(detail, "detail is null");
        if (vain < 1) {
            throw new IllegalArgumentException("vain must be 1 or more, not " + vain);
        }
    }
}
