package io.keywane.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * One page for a person woken at night, as {@code runbooks/NAME.md} holds it: sections, and in them blocks that are commands,
 * what these print, or illustrations.
 *
 * @param name the file's name without its ending: the alert's, or that of a task
 * @param text the whole page
 * @param blocks every fenced block, in order
 */
public record Runbook(String name, String text, List<Block> blocks) {
    /** Where the commands stand that only look. */
    public static final String DIAGNOSIS = "Diagnosis";
    /** Where those stand that help. */
    public static final String MITIGATION = "Mitigation";

    private static final Pattern HEADING = Pattern.compile("## (.+)");
    private static final Pattern FENCE = Pattern.compile("```(\\S*)\\s*");

    /** What a block is, by the word at its fence. */
    public enum Kind {
        /** Commands, one a line; a test runs each of them. */
        SH,
        /** What the commands above print; {@code …} stands for anything. */
        OUTPUT,
        /** What only a person with other rights, or another host, can run or see. */
        TEXT
    }

    /**
     * A fenced block.
     *
     * @param section the heading above it
     */
    public record Block(String section, Kind kind, List<String> lines) {
        public Block {
            requireNonNull(section, "section is null");
            requireNonNull(kind, "kind is null");
            lines = List.copyOf(lines);
        }
    }

    public Runbook {
        requireNonNull(name, "name is null");
        requireNonNull(text, "text is null");
        blocks = List.copyOf(blocks);
    }

    /** Reads a page; a fence with another word than those of {@link Kind} is an error, so that nothing is passed over. */
    public static Runbook parse(String name, String text) {
        List<Block> blocks = new ArrayList<>();
        String section = "";
        Optional<Kind> open = Optional.empty();
        List<String> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher fence = FENCE.matcher(line);
            if (open.isPresent() && line.strip().equals("```")) {
                blocks.add(new Block(section, open.get(), lines));
                open = Optional.empty();
            } else if (open.isPresent()) {
                lines.add(line);
            } else if (fence.matches()) {
                open = Optional.of(kind(name, fence.group(1)));
                lines = new ArrayList<>();
            } else {
                Matcher heading = HEADING.matcher(line);
                section = heading.matches() ? heading.group(1).strip() : section;
            }
        }
        if (open.isPresent()) {
            throw new IllegalArgumentException(name + ": the last block has no end");
        }
        return new Runbook(name, text, blocks);
    }

    private static Kind kind(String page, String word) {
        try {
            return Kind.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(page + ": a block of kind \"" + word + "\"; say sh, output or text", e);
        }
    }

    /** The first line without its mark. */
    public String title() {
        return text.lines().findFirst().orElse(name).replaceFirst("^# ", "");
    }

    /** The commands of a section, in order. */
    public List<String> commands(String section) {
        return blocks.stream().filter(block -> block.kind() == Kind.SH && block.section().equals(section))
                .flatMap(block -> block.lines().stream()).filter(line -> !line.isBlank()).toList();
    }

    /** The illustrations of a section, in order. */
    List<String> illustrations(String section) {
        return blocks.stream().filter(block -> block.kind() == Kind.TEXT && block.section().equals(section))
                .flatMap(block -> block.lines().stream()).filter(line -> !line.isBlank()).toList();
    }

    /** The first paragraph of a section that is prose; empty where it begins with a block. */
    String firstParagraph(String section) {
        String[] parts = text.split("(?m)^## " + Pattern.quote(section) + "$", -1);
        if (parts.length < 2) {
            return "";
        }
        String first = parts[1].strip().split("\\R\\R", -1)[0];
        return first.startsWith("```") ? "" : first.replaceAll("\\s+", " ");
    }
}
