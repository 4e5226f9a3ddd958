package io.keywane.config;

import java.util.Comparator;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with a configuration file. Its words never repeat anything that looks like a key.
 *
 * @param line counted from 1; 0 where the file as a whole is meant
 * @param column counted from 1; 0 where the file as a whole is meant
 * @param path where in the configuration, dotted, as in {@code keys.search-production.owner}; empty for the whole file
 * @param message what is wrong
 * @param suggestion the way out, where one can be told
 */
public record ConfigProblem(int line, int column, String path, String message, Optional<String> suggestion)
        implements
            Comparable<ConfigProblem> {
    private static final Comparator<ConfigProblem> BY_PLACE = Comparator.comparingInt(ConfigProblem::line)
            .thenComparingInt(ConfigProblem::column).thenComparing(ConfigProblem::path)
            .thenComparing(ConfigProblem::message);

    public ConfigProblem {
        requireNonNull(path, "path is null");
        requireNonNull(message, "message is null");
        requireNonNull(suggestion, "suggestion is null");
        path = InlineSecrets.maskKeys(path);
        message = InlineSecrets.mask(message);
        suggestion = suggestion.map(InlineSecrets::mask);
    }

    /** A problem of the file as a whole. */
    static ConfigProblem ofFile(String message) {
        return new ConfigProblem(0, 0, "", message, Optional.empty());
    }

    /** The problem in one line, {@code LINE:COLUMN: PATH: MESSAGE; SUGGESTION}, without the parts that it lacks. */
    @Override
    public String toString() {
        String place = line == 0 ? "" : line + ":" + column + ": ";
        String where = path.isEmpty() ? "" : path + ": ";
        return place + where + message + suggestion.map(words -> "; " + words).orElse("");
    }

    @Override
    public int compareTo(ConfigProblem other) {
        return BY_PLACE.compare(this, other);
    }
}
