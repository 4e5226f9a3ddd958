package io.keywane.cli;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * One {@code keywane} command as a page shows it: words, perhaps in double quotes, a file that it reads, and how it ends.
 *
 * @param words without {@code keywane}
 * @param input the file after {@code <}
 * @param exit how it is said to end: by {@code # ends with 3}, else 0
 */
public record ShellLine(List<String> words, Optional<String> input, int exit) {
    private static final String PROGRAM = "keywane ";
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern ENDS = Pattern.compile("(.*?)\\s+# ends with (\\d+)\\s*");
    private static final Pattern INPUT = Pattern.compile("(.*?)\\s+<\\s+(\\S+)\\s*");
    /** What would need a shell. */
    private static final Pattern SHELL = Pattern.compile("[|&;$`<>#\\\\']");

    public ShellLine {
        words = List.copyOf(words);
        requireNonNull(input, "input is null");
    }

    /** Whether the line runs {@code keywane}. */
    public static boolean isOurs(String line) {
        return line.startsWith(PROGRAM);
    }

    /** How a line is said to end. */
    public static int exitOf(String line) {
        Matcher ends = ENDS.matcher(line);
        return ends.matches() ? Integer.parseInt(ends.group(2)) : 0;
    }

    /** Reads a line; one that needs more of a shell than this is an error. */
    public static ShellLine parse(String line) {
        Matcher ends = ENDS.matcher(line);
        String command = ends.matches() ? ends.group(1) : line;
        Matcher input = INPUT.matcher(command);
        String bare = input.matches() ? input.group(1) : command;
        if (!isOurs(bare) || SHELL.matcher(bare).find()) {
            throw new IllegalArgumentException("not one plain command of keywane: " + line);
        }
        List<String> words = WORD.matcher(bare.substring(PROGRAM.length())).results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1)).toList();
        return new ShellLine(words, input.matches() ? Optional.of(input.group(2)) : Optional.empty(), exitOf(line));
    }
}
