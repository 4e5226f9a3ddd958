package io.keywane.cli;

import io.keywane.control.ControlException;
import io.keywane.control.ExitCode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The pages in the jar, which the build takes from {@code runbooks/}: there is one source. */
final class Runbooks {
    private static final String INDEX = "README";
    private static final Pattern ROW = Pattern.compile("(?m)^\\| \\[[^]]+]\\(([A-Za-z-]+)\\.md\\) \\| (.+?) \\|$");

    private Runbooks() {}

    /**
     * A line of the index.
     *
     * @param about when the page is read
     */
    record Entry(String name, String about) {}

    /** All pages, in the order of the index. */
    static List<Entry> list() {
        return ROW.matcher(text(INDEX)).results().map(row -> new Entry(row.group(1), row.group(2))).toList();
    }

    /** The page of a name, whatever its case; {@link ControlException} if there is none. */
    static Runbook page(String name) {
        return list().stream().filter(entry -> entry.name().equalsIgnoreCase(name)).findFirst()
                .map(entry -> Runbook.parse(entry.name(), text(entry.name())))
                .orElseThrow(() -> new ControlException(ExitCode.NOT_FOUND, "there is no runbook \"" + name + "\"",
                        "see `keywane runbook list`"));
    }

    private static String text(String name) {
        try (InputStream stream = Runbooks.class.getResourceAsStream("runbooks/" + name + ".md")) {
            if (stream == null) {
                throw new IllegalStateException("this build holds no runbook " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the runbook " + name, e);
        }
    }
}
