package io.keywane.control;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** What the daemon found when it examined itself, or its stores. Replied with {@link ExitCode#PROBLEMS_FOUND} if it has a problem. */
public record DoctorReport(List<Check> checks) implements ControlResult {
    /** How a check came out. */
    public enum Level {
        OK,
        /** It cannot be seen from here. */
        UNKNOWN,
        WARNING,
        PROBLEM
    }

    public DoctorReport {
        checks = List.copyOf(checks);
    }

    /** Whether any check found a problem. */
    public boolean hasProblem() {
        return checks.stream().anyMatch(check -> check.level() == Level.PROBLEM);
    }

    /**
     * One check.
     *
     * @param name what was examined
     * @param level how it came out
     * @param message what was found
     * @param wayOut what to do about it
     */
    public record Check(String name, Level level, String message, Optional<String> wayOut) {
        public Check {
            requireNonNull(name, "name is null");
            requireNonNull(level, "level is null");
            requireNonNull(message, "message is null");
            requireNonNull(wayOut, "wayOut is null");
        }
    }
}
