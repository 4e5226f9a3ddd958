package io.keywane.store;

import io.keywane.key.Moment;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** How nouns stand in columns: clocks as nanoseconds, words by their names, absence as NULL. */
final class Columns {
    private static final long PER_SECOND = 1_000_000_000L;

    private Columns() {}

    /** Binds a moment to {@code NAME_boot}, {@code NAME_since_boot} and {@code NAME_wall}. */
    static <S extends SqlStatement<S>> S bind(S statement, String name, Moment moment) {
        return bind(statement, name, Optional.of(moment));
    }

    static <S extends SqlStatement<S>> S bind(S statement, String name, Optional<Moment> moment) {
        return statement.bind(name + "_boot", moment.map(Moment::boot).orElse(null))
                .bind(name + "_since_boot", moment.map(m -> nanos(m.sinceBoot())).orElse(null))
                .bind(name + "_wall", moment.map(m -> nanos(m.wall())).orElse(null));
    }

    static Moment moment(ResultSet row, String name) throws SQLException {
        return new Moment(row.getString(name + "_boot"), Duration.ofNanos(row.getLong(name + "_since_boot")),
                instant(row.getLong(name + "_wall")));
    }

    static Optional<Moment> optionalMoment(ResultSet row, String name) throws SQLException {
        return row.getString(name + "_boot") == null ? Optional.empty() : Optional.of(moment(row, name));
    }

    static Optional<String> text(ResultSet row, String name) throws SQLException {
        return Optional.ofNullable(row.getString(name));
    }

    static OptionalLong number(ResultSet row, String name) throws SQLException {
        long value = row.getLong(name);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    static boolean flag(ResultSet row, String name) throws SQLException {
        return row.getInt(name) != 0;
    }

    static int flag(boolean value) {
        return value ? 1 : 0;
    }

    static <E extends Enum<E>> E word(ResultSet row, String name, Class<E> list) throws SQLException {
        return word(row.getString(name), list);
    }

    static <E extends Enum<E>> Optional<E> optionalWord(ResultSet row, String name, Class<E> list)
            throws SQLException {
        String value = row.getString(name);
        return value == null ? Optional.empty() : Optional.of(word(value, list));
    }

    private static <E extends Enum<E>> E word(String value, Class<E> list) {
        try {
            return Enum.valueOf(list, value);
        } catch (IllegalArgumentException _) {
            throw new UnknownWordException("the unknown " + list.getSimpleName() + " \"" + value + "\"");
        }
    }

    /** Nanoseconds since 1970; times beyond the years 1677 to 2262 become the nearest that can be kept. */
    static long nanos(Instant instant) {
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano());
        } catch (ArithmeticException _) {
            return instant.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
    }

    static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException _) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
