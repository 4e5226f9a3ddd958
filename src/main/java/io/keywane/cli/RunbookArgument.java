package io.keywane.cli;

import picocli.CommandLine.Parameters;

/** The page that a verb is about. */
final class RunbookArgument {
    @Parameters(index = "0", paramLabel = "NAME", description = "A runbook's name, such as KeywaneKeyRejected.")
    private String name = "";

    Runbook page() {
        return Runbooks.page(name);
    }
}
