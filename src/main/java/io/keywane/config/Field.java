package io.keywane.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * What was read for one field: a value, nothing, or something unusable that has been reported already. Reading goes on
 * in every case; only {@link #get()} insists.
 */
final class Field<T> {
    private static final Origin NOWHERE = absent -> {};

    private final State state;
    private final Optional<T> value;
    private final Origin origin;

    private enum State {
        PRESENT, ABSENT, BROKEN
    }

    /** Told when a field turns out to be one that must be there. */
    @FunctionalInterface
    interface Origin {
        void required(boolean absent);
    }

    private Field(State state, Optional<T> value, Origin origin) {
        this.state = state;
        this.value = value;
        this.origin = origin;
    }

    static <T> Field<T> of(T value) {
        return new Field<>(State.PRESENT, Optional.of(value), NOWHERE);
    }

    /** A field that the file does not have. */
    static <T> Field<T> absent() {
        return new Field<>(State.ABSENT, Optional.empty(), NOWHERE);
    }

    /** A field whose fault is in the list of problems. */
    static <T> Field<T> broken() {
        return new Field<>(State.BROKEN, Optional.empty(), NOWHERE);
    }

    Field<T> from(Origin place) {
        return new Field<>(state, value, place);
    }

    boolean isPresent() {
        return state == State.PRESENT;
    }

    boolean isAbsent() {
        return state == State.ABSENT;
    }

    /** The same field, reported as missing if it is absent. */
    Field<T> required() {
        origin.required(isAbsent());
        return isAbsent() ? broken() : this;
    }

    /** The same field, with a value for when it is absent. */
    Field<T> or(T fallback) {
        return isAbsent() ? of(fallback) : this;
    }

    /** The same field, with an empty value for when it is absent. */
    Field<Optional<T>> optional() {
        return isAbsent() ? of(Optional.empty()) : map(Optional::of);
    }

    <R> Field<R> map(Function<T, R> change) {
        return new Field<>(state, value.map(change), origin);
    }

    /**
     * The value.
     *
     * @throws Unusable if there is none, which has been reported
     */
    T get() {
        return value.orElseThrow(Unusable::new);
    }

    /** Thrown where a value is asked for that could not be read; the problem is in the list already. */
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable() {
            super("a field could not be read", null, false, false);
        }
    }
}
