package io.keywane.cli;

import io.keywane.control.ControlException;
import io.keywane.control.ExitCode;
import io.keywane.control.WireJson;
import io.keywane.evidence.AuditTrail;
import io.keywane.evidence.EvidenceBundle;
import io.keywane.evidence.EvidenceCheck;
import io.keywane.evidence.EvidenceException;
import io.keywane.evidence.EvidenceFile;
import io.keywane.evidence.Finding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code evidence verify}: whether a bundle shows what it claims, recomputed from its samples, without the daemon. */
@Command(name = "verify", header = "Check a bundle of evidence from its samples up, offline.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  $ keywane evidence verify evidence.jsonl",
            "Ends with 3 if a byte was changed, a sample is missing, or the samples do not show the silence that is",
            "claimed. Propagation, silence and wallet are recomputed from samples and readings, the switch from the counts",
            "that stand in the bundle. Whether it is the one that the key was flagged on, the audit tells:",
            "  keywane audit tail --lines 100000 --output json > audit.json",
            "  keywane evidence verify evidence.jsonl --audit audit.json"})
final class EvidenceVerifyCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "FILE", description = "The bundle.")
    private Path file = Path.of("");

    @Nullable
    @Option(names = "--audit", paramLabel = "FILE",
            description = "Lines of the audit, of `keywane audit tail --output json`: their chain must hold, and the"
                    + " line of the flag must name this bundle.")
    private Path audit;

    @Mixin
    private final OutputOption output;

    EvidenceVerifyCommand(CliContext context) {
        this.context = context;
        this.output = new OutputOption(context);
    }

    @Override
    public Integer call() {
        byte[] content = content(file);
        List<Finding> findings;
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", WireJson.RESULT_VERSION)
                .put("file", file.toString());
        try {
            EvidenceBundle bundle = EvidenceFile.read(content);
            findings = new ArrayList<>(EvidenceCheck.run(bundle));
            String digest = EvidenceFile.digest(content);
            Path trail = audit;
            if (trail != null) {
                findings.addAll(AuditTrail.read(content(trail)).check(bundle.claim(), digest));
            }
            json.put("digest", digest).put("key", bundle.claim().key())
                    .put("revoke", bundle.claim().revoke().id());
        } catch (EvidenceException e) {
            findings = List.of(Finding.damaged(String.valueOf(e.getMessage())));
        }
        boolean holds = findings.stream().allMatch(Finding::good);
        if (output.isJson()) {
            print(json.put("holds", holds), findings);
        } else {
            print(findings, holds, json.path("digest").asString(""));
        }
        return (holds ? ExitCode.DONE : ExitCode.PROBLEMS_FOUND).number();
    }

    private static byte[] content(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new ControlException(ExitCode.NOT_FOUND, "cannot read " + path + ": " + e.getClass().getSimpleName(),
                    "name a bundle of evidence");
        }
    }

    private void print(List<Finding> findings, boolean holds, String digest) {
        Style style = context.style();
        for (Finding finding : findings) {
            context.out().println((finding.good() ? style.good("ok  ") : style.bad("BAD ")) + finding.subject() + ": "
                    + finding.text());
        }
        if (!digest.isEmpty()) {
            context.out().println("digest " + digest);
        }
        context.out().println(holds
                ? style.strong("the bundle shows what it claims")
                : style.bad("the bundle does not show what it claims"));
    }

    private void print(ObjectNode json, List<Finding> findings) {
        ArrayNode array = json.putArray("findings");
        findings.forEach(finding -> array.addObject().put("good", finding.good()).put("subject", finding.subject())
                .put("text", finding.text()));
        context.out().println(WireJson.pretty(json));
    }
}
