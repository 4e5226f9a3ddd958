package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.ControlException;
import io.keywane.control.ControlRequest;
import io.keywane.control.EvidenceExport;
import io.keywane.control.ExitCode;
import io.keywane.control.Verb;
import io.keywane.evidence.EvidenceFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code evidence export}: writes a bundle to a file that only its owner may read, and never over another. */
@Command(name = "export", header = "Write the bundle of evidence of a flag to a file, or to standard output.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:",
            "  $ keywane evidence export search-production --output evidence.jsonl",
            "The file gets mode 0600; one that is there already is not written over. Check it anywhere, without the",
            "daemon: keywane evidence verify evidence.jsonl. Its SHA-256 stands in the audit line of the flag."})
final class EvidenceExportCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private final DaemonOptions daemon;

    @Parameters(paramLabel = "KEY|ROTATION",
            description = "Name of a managed key or id of a rotation (its latest bundle), or first digits of a SHA-256.")
    private String name = "";

    @Nullable
    @Option(names = {"-o", "--output"}, paramLabel = "FILE",
            description = "Where to write it (default: standard output).")
    private Path file;

    EvidenceExportCommand(CliContext context) {
        this.context = context;
        this.daemon = new DaemonOptions(context);
    }

    @Override
    public Integer call() {
        EvidenceExport export = daemon.client()
                .call(ControlRequest.of(Verb.EVIDENCE_EXPORT).with(Argument.BUNDLE, name))
                .resultAs(EvidenceExport.class);
        byte[] content = export.file();
        if (!EvidenceFile.digest(content).equals(export.bundle().digest())) {
            throw new ControlException(ExitCode.FAILURE, "the bundle does not have the SHA-256 under which it was kept",
                    "the database may be damaged: see `keywane doctor`");
        }
        Path target = file;
        if (target == null) {
            context.out().write(content, 0, content.length);
            context.out().flush();
            return ExitCode.DONE.number();
        }
        write(target, content);
        context.err().println("wrote " + target + ", SHA-256 " + export.bundle().digest());
        return ExitCode.DONE.number();
    }

    private static void write(Path target, byte[] content) {
        try (OutputStream output = Channels.newOutputStream(Files.newByteChannel(target,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))))) {
            output.write(content);
        } catch (FileAlreadyExistsException _) {
            throw new ControlException(ExitCode.CONFLICT, target + " is there already, and is not written over",
                    "name another file");
        } catch (IOException e) {
            throw new ControlException(ExitCode.FAILURE, "cannot write " + target + ": " + e.getClass().getSimpleName(),
                    "name a file in a folder that you may write to");
        }
    }
}
