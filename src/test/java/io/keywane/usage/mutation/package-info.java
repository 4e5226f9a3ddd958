/**
 * Mutation of the interval arithmetic: each comparison of its compiled classes is changed, alone, and the directed tests
 * must notice. {@code src/test/sh/mutate} prints what they did not.
 */
@NullMarked
package io.keywane.usage.mutation;

import org.jspecify.annotations.NullMarked;
