package io.keywane.cli;

import io.keywane.control.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code manual}: the help of every verb as pages for man(1). */
@Command(name = "manual", header = "Write the manual pages into a folder.", mixinStandardHelpOptions = true, footer = {
    "", "Example:", "  $ keywane manual /usr/local/share/man/man1",
    "Files of the same names are replaced; others in the folder stay."})
final class ManualCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FOLDER", description = "Made if missing.")
    private Path folder = Path.of("");

    ManualCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Map<String, String> pages = ManualPages.of(spec.root().commandLine());
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Files.writeString(folder.resolve(page.getKey()), page.getValue(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write manual pages into " + folder, e);
        }
        context.out().println(pages.size() + " pages in " + folder);
        return ExitCode.DONE.number();
    }
}
