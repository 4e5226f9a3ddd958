package io.keywane.runbook;

import io.keywane.cli.CliContext;
import io.keywane.cli.KeywaneCommandLine;
import io.keywane.cli.Runbook;
import io.keywane.cli.Runbook.Block;
import io.keywane.cli.Runbook.Kind;
import io.keywane.cli.ShellLine;
import io.keywane.cli.Terminal;
import io.keywane.daemon.BackupCommand;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goes through a page from its first command to its last and runs each as it stands there, {@code keywane} in this process,
 * the others in a shell; words in capitals and paths of an installation are bound to those of the scene.
 */
final class PageWalk {
    private static final Duration LONGEST = Duration.ofSeconds(75);

    private final Runbook page;
    private final Path folder;
    private final InstantSource clock;
    private final Map<String, String> words = new LinkedHashMap<>();
    private final Map<String, String> paths = new LinkedHashMap<>();
    private Optional<String> secret = Optional.empty();
    private final StringBuilder transcript = new StringBuilder();
    private int at;
    private int commands;

    PageWalk(Runbook page, Path folder, InstantSource clock) {
        this.page = page;
        this.folder = folder;
        this.clock = clock;
        bind("KEY", Scene.KEY);
        bind("TEXT", "\"as the runbook says\"");
        place("/etc/keywane/keywane.yaml", folder.resolve("keywane.yaml").toString());
        place("/var/lib/keywane/keys", folder.resolve("state/keys").toString());
        place("/var/lib/keywane", folder.resolve("state").toString());
        place("/etc/keywane/key-encryption-key", folder.resolve("kek").toString());
        place("/run/keywane-keys", folder.resolve("published").toString());
    }

    /** Says what a word in capitals stands for. */
    void bind(String word, String value) {
        words.put(word, value);
    }

    /** Says where something of an installation lies here; printed paths are read the other way round. */
    void place(String installed, String here) {
        paths.put(installed, here);
    }

    /** What is typed where a command asks without showing it. */
    void types(String value) {
        secret = Optional.of(value);
    }

    /** All that was typed and printed so far. */
    String transcript() {
        return transcript.toString();
    }

    int commands() {
        return commands;
    }

    /** Runs what is left of a section; what stands before it must have been run. */
    void through(String section) throws Exception {
        assertThat(nextSection()).as("the section of %s that comes next", page.name()).isEqualTo(section);
        while (nextSection().equals(section)) {
            block();
        }
    }

    /** Runs the next block of commands, which must be in that section. */
    void block(String section) throws Exception {
        assertThat(nextSection()).as("the section of %s that comes next", page.name()).isEqualTo(section);
        block();
    }

    /** Nothing of the page may be left. */
    void end() {
        assertThat(nextSection()).as("commands of %s that were not run", page.name()).isEmpty();
        assertThat(commands).as("commands of %s", page.name()).isPositive();
    }

    private String nextSection() {
        return page.blocks().stream().skip(at).filter(block -> block.kind() == Kind.SH).map(Block::section).findFirst()
                .orElse("");
    }

    private void block() throws Exception {
        while (page.blocks().get(at).kind() != Kind.SH) {
            at++;
        }
        Block block = page.blocks().get(at);
        at++;
        List<String> printed = new ArrayList<>();
        for (String line : block.lines()) {
            if (!line.isBlank()) {
                printed.addAll(run(line));
            }
        }
        Optional<Block> shown = page.blocks().stream().skip(at).findFirst().filter(b -> b.kind() == Kind.OUTPUT);
        shown.flatMap(output -> ShownOutput.mismatch(output.lines(), printed)).ifPresent(difference -> {
            throw new AssertionError(page.name() + ", " + block.section() + ": the output of " + block.lines()
                    + " is not as the page shows it\n" + difference);
        });
    }

    private List<String> run(String line) throws Exception {
        commands++;
        String bound = bound(line);
        List<String> printed = new ArrayList<>();
        transcript.append("$ ").append(asInstalled(bound)).append('\n');
        int exit = ShellLine.isOurs(line) ? inTime(ShellLine.parse(bound), printed) : runInShell(bound, printed);
        printed.forEach(each -> transcript.append(asInstalled(each)).append('\n'));
        assertThat(exit).as("%s: how `%s` ended, which printed %s", page.name(), bound, printed)
                .isEqualTo(ShellLine.exitOf(line));
        return printed.stream().map(this::asInstalled).toList();
    }

    private int inTime(ShellLine command, List<String> printed) throws Exception {
        FutureTask<Integer> running = new FutureTask<>(() -> runOurs(command, printed));
        Thread thread = Thread.ofPlatform().daemon().start(running);
        try {
            return running.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new AssertionError(page.name() + ": still running: " + command.words(), e);
        }
    }

    private int runOurs(ShellLine command, List<String> printed) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        InputStream input = command.input().isPresent()
                ? new ByteArrayInputStream(Files.readAllBytes(folder.resolve(command.input().get())))
                : InputStream.nullInputStream();
        CliContext context = new CliContext(stream, stream, input,
                Map.of("NO_COLOR", "1", "KEYWANE_SOCKET", folder.resolve("run/control.sock").toString()),
                secret.<Terminal>map(Typist::new).orElseGet(Terminal::nobody), clock, Duration.ofMillis(100));
        int exit = KeywaneCommandLine.run(context, Map.of("backup", new BackupCommand()), command.words().stream()
                .map(word -> word.endsWith(".jsonl") ? folder.resolve(word).toString() : word)
                .toArray(String[]::new));
        printed.addAll(out.toString(StandardCharsets.UTF_8).lines().toList());
        return exit;
    }

    private int runInShell(String line, List<String> printed) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", line).directory(folder.toFile()).redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("%s ended", line).isTrue();
        printed.addAll(output.lines().toList());
        return process.exitValue();
    }

    private String bound(String line) {
        String text = line;
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replaceAll("\\b" + Pattern.quote(word.getKey()) + "\\b",
                    Matcher.quoteReplacement(word.getValue()));
        }
        for (Map.Entry<String, String> path : paths.entrySet()) {
            text = text.replace(path.getKey(), path.getValue());
        }
        return text;
    }

    private String asInstalled(String line) {
        String text = line;
        for (Map.Entry<String, String> path : paths.entrySet()) {
            text = text.replace(path.getValue(), path.getKey());
        }
        return text;
    }

    /** A person at a terminal who types a key. */
    private record Typist(String value) implements Terminal {
        @Override
        public boolean isPresent() {
            return true;
        }

        @Override
        public Optional<String> ask(String question) {
            return Optional.of("yes");
        }

        @Override
        public char[] askSecret(String question) {
            return value.toCharArray();
        }
    }
}
