package io.keywane.runbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a page shows as the output of its commands, against what they printed. One rule: {@code …} stands for anything within
 * a line, a line of {@code …} alone for any number of lines, and any run of blanks for any other.
 */
final class ShownOutput {
    private static final String ANY = "…";

    private ShownOutput() {}

    /** Why the two differ; empty if they do not. */
    static Optional<String> mismatch(List<String> shown, List<String> printed) {
        List<String> wanted = plain(shown);
        List<String> got = plain(printed);
        StringBuilder pattern = new StringBuilder();
        for (String line : wanted) {
            pattern.append(line.equals(ANY) ? "(?:[^\\n]*\\n)*?" : pattern(line) + "\\n");
        }
        String text = got.isEmpty() ? "" : String.join("\n", got) + "\n";
        return Pattern.matches(pattern.toString(), text)
                ? Optional.empty()
                : Optional.of("shown:\n  " + String.join("\n  ", wanted) + "\nprinted:\n  " + String.join("\n  ", got));
    }

    private static List<String> plain(List<String> lines) {
        List<String> plain = new ArrayList<>();
        lines.stream().map(line -> line.strip().replaceAll("\\s+", " ")).filter(line -> !line.isEmpty())
                .forEach(plain::add);
        return plain;
    }

    private static String pattern(String line) {
        List<String> parts = new ArrayList<>();
        for (String part : line.split(ANY, -1)) {
            parts.add(Pattern.quote(part));
        }
        return String.join("[^\\n]*", parts);
    }
}
