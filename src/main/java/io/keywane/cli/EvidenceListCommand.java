package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.ControlRequest;
import io.keywane.control.EvidenceList;
import io.keywane.control.Verb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** {@code evidence list}: the bundles that are kept. */
@Command(name = "list", header = "List the bundles of evidence that are kept, oldest first.",
        mixinStandardHelpOptions = true, footer = {"", "Example:", "  $ keywane evidence list search-production"})
final class EvidenceListCommand implements Callable<Integer> {
    private static final List<String> HEADER = List.of("KEY", "REVOKE", "MADE", "BASIS", "BYTES", "ROTATION",
            "SHA-256");

    @Mixin
    private final ReadingOptions reading;

    @Nullable
    @Parameters(arity = "0..1", paramLabel = "KEY", converter = KeyArgument.Converter.class,
            description = "Name of a managed key (default: all).")
    private String key;

    EvidenceListCommand(CliContext context) {
        this.reading = new ReadingOptions(context);
    }

    @Override
    public Integer call() {
        ControlRequest all = ControlRequest.of(Verb.EVIDENCE_LIST);
        return reading.show(key == null ? all : all.with(Argument.KEY, key), EvidenceList.class,
                EvidenceListCommand::text);
    }

    private static List<String> text(EvidenceList list, Style style) {
        if (list.bundles().isEmpty()) {
            return List.of("no evidence is kept: it is written when a key is flagged");
        }
        return Tables.of(HEADER,
                list.bundles().stream()
                        .map(bundle -> List.of(bundle.key(), bundle.versionBrief(), Style.time(bundle.madeAt()),
                                bundle.basis(), Long.toString(bundle.size()), bundle.rotationId().orElse("-"),
                                bundle.digest()))
                        .toList());
    }
}
