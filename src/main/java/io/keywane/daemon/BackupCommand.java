package io.keywane.daemon;

import io.keywane.control.ControlException;
import io.keywane.control.ExitCode;
import io.keywane.control.Product;
import io.keywane.control.WireJson;
import io.keywane.key.KeyName;
import io.keywane.store.Backup;
import io.keywane.store.BackupContents;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/** {@code backup}: state and key files as one sealed file; works on the host's files, with or without a daemon. */
@Command(name = "backup", header = "Make, check and put back backups of the state.", mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND", subcommands = {BackupCommand.Create.class, BackupCommand.Verify.class,
            BackupCommand.Restore.class},
        footer = {"", "A backup holds the database and the embedded store's key files, sealed under the key-encryption",
            "key, which is not in it: keep that elsewhere. Run as root or as the daemon's user.", "", "Example:",
            "  $ keywane backup create /var/backups/keywane-2026-11-24"})
public final class BackupCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new ControlException(ExitCode.USAGE, "backup needs a command", "see: keywane backup --help");
    }

    /** Makes one. */
    @Command(name = "create", header = "Make a backup, also while the daemon runs.", mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  $ keywane backup create /var/backups/keywane-2026-11-24"})
    static final class Create implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private final BackupOptions options = new BackupOptions();

        @Parameters(paramLabel = "FILE", description = "The file to make; it must not exist.")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            show(spec, options, file, "made and read back",
                    options.with(backup -> backup.create(file, Product.version(), now)));
            return ExitCode.DONE.number();
        }
    }

    /** Checks one. */
    @Command(name = "verify", header = "Check all of a backup, changing nothing.", mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  $ keywane backup verify /var/backups/keywane-2026-11-24"})
    static final class Verify implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private final BackupOptions options = new BackupOptions();

        @Parameters(paramLabel = "FILE", description = "The backup.")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            show(spec, options, file, "whole", options.with(backup -> backup.verify(file)));
            return ExitCode.DONE.number();
        }
    }

    /** Puts one back. */
    @Command(name = "restore", header = "Put a backup in the place of the state; the daemon must not run.",
            mixinStandardHelpOptions = true,
            footer = {"",
                "The former database stays beside the restored one, and a key file that is there and not older",
                "stays as it is: no key is lost. Open rotations are paused until `keywane rotation resume KEY`, and a",
                "key is published only after a fresh success with it.", "", "Example:",
                "  $ systemctl stop keywane",
                "  $ keywane backup restore /var/backups/keywane-2026-11-24 --reason \"disk lost\" --yes",
                "  $ systemctl start keywane && keywane doctor"})
    static final class Restore implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private final BackupOptions options = new BackupOptions();

        @Parameters(paramLabel = "FILE", description = "The backup.")
        private Path file = Path.of("");

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it goes into the audit.")
        private String reason = "";

        @Option(names = "--over-newer", description = "Also over a state that went on since, or cannot be read.")
        private boolean overNewer;

        @Option(names = {"-y", "--yes"}, description = "Do not ask.")
        private boolean yes;

        @Override
        public Integer call() {
            confirm();
            String actor = "user:" + System.getProperty("user.name", "unknown");
            Backup.Restored restored = options.with(
                    backup -> backup.restore(file, overNewer, actor, reason, Instant.now()
                            .truncatedTo(ChronoUnit.SECONDS)));
            PrintWriter out = spec.commandLine().getOut();
            if (options.isJson()) {
                out.println(WireJson.pretty(json(restored)));
            } else {
                tell(restored, out);
            }
            return ExitCode.DONE.number();
        }

        private void confirm() {
            if (yes) {
                return;
            }
            Console console = requireNonNull(System.console(), "no console");
            if (!console.isTerminal()) {
                throw new ControlException(ExitCode.NEEDS_CONFIRMATION,
                        "replacing the state needs confirmation, and there is no terminal to ask at",
                        "add --yes if it is meant");
            }
            @Nullable
            String answer = console.readLine("Replace the state by the backup %s? Type yes: ", file);
            if (!"yes".equals(answer)) {
                throw new ControlException(ExitCode.FAILURE, "not confirmed; nothing was done", "");
            }
        }

        private static void tell(Backup.Restored restored, PrintWriter out) {
            out.println("restored the state as of " + restored.contents().made());
            restored.aside().ifPresent(aside -> out.println("the former database: " + aside));
            line(out, "key files put back", restored.restoredKeyFiles());
            line(out, "key files left, being as late or later", restored.keptKeyFiles());
            line(out, "rotations paused", restored.paused());
            out.println(
                    "next: systemctl start keywane && keywane doctor; then, for each key, keywane rotation status KEY");
        }

        private static void line(PrintWriter out, String what, List<KeyName> keys) {
            if (!keys.isEmpty()) {
                out.println(what + ": " + keys.stream().map(KeyName::value).collect(Collectors.joining(", ")));
            }
        }

        private static ObjectNode json(Backup.Restored restored) {
            ObjectNode json = BackupCommand.json(restored.contents());
            restored.aside().ifPresentOrElse(aside -> json.put("former_database", aside.toString()),
                    () -> json.putNull("former_database"));
            names(json.putArray("restored_key_files"), restored.restoredKeyFiles());
            names(json.putArray("kept_key_files"), restored.keptKeyFiles());
            names(json.putArray("paused"), restored.paused());
            return json;
        }
    }

    private static void show(CommandSpec spec, BackupOptions options, Path file, String verdict,
            BackupContents contents) {
        PrintWriter out = spec.commandLine().getOut();
        if (options.isJson()) {
            out.println(WireJson.pretty(json(contents).put("file", file.toString())));
            return;
        }
        out.println(file + ": " + verdict);
        out.println("made " + contents.made() + " by keywane " + contents.product());
        out.println(contents.keys().size() + " keys: "
                + contents.keys().stream().map(KeyName::value).sorted().collect(Collectors.joining(", ")));
        out.println(contents.keyVersions() + " values in the embedded store, " + contents.auditLines()
                + " lines of audit" + contents.lastChange().map(at -> ", the latest of " + at).orElse(""));
    }

    private static ObjectNode json(BackupContents contents) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", WireJson.RESULT_VERSION)
                .put("made", contents.made().toString()).put("product", contents.product())
                .put("audit_lines", contents.auditLines()).put("key_versions", contents.keyVersions());
        contents.lastChange().ifPresentOrElse(at -> json.put("last_change", at.toString()),
                () -> json.putNull("last_change"));
        names(json.putArray("keys"), contents.keys());
        return json;
    }

    private static void names(ArrayNode array, List<KeyName> keys) {
        keys.stream().map(KeyName::value).sorted().forEach(array::add);
    }
}
