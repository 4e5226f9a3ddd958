package io.keywane.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration file cannot be used. Holds all its problems, in the order of the file; at least one. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final transient List<ConfigProblem> problems;

    ConfigException(Path file, List<ConfigProblem> problems) {
        super(describe(file, problems));
        this.file = file;
        this.problems = problems.stream().sorted().toList();
    }

    /** The file that was read. */
    public Path file() {
        return file;
    }

    /** What is wrong with it, by line and column. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    /** One line for each problem, in the form that editors understand: {@code FILE:LINE:COLUMN: ...}. */
    private static String describe(Path file, List<ConfigProblem> problems) {
        return problems.stream().sorted()
                .map(problem -> InlineSecrets.maskKeys(file.toString()) + (problem.line() == 0 ? ": " : ":") + problem)
                .collect(Collectors.joining("\n"));
    }
}
