package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code keys import}: takes the first current value of a managed key into custody. */
@Command(name = "import", header = "Take the first value of a managed key into custody.",
        mixinStandardHelpOptions = true, footer = {
            "", "Example:", "  $ keywane keys import search-production --dashboard-name \"search 2026\"",
            "  $ keywane keys import search-production --file /run/credentials/search.key",
            "Irreversible: a value taken in is kept until it is confirmed revoked."})
final class KeysImportCommand implements Callable<Integer> {
    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final SecretOptions secret;

    @Mixin
    private final PlannedOptions change;

    @Option(names = "--dashboard-name", paramLabel = "NAME",
            description = "The key's name in the vendor's dashboard, by which it is found when it is to be revoked.")
    private @Nullable String dashboardName;

    KeysImportCommand(CliContext context) {
        this.secret = new SecretOptions(context);
        this.change = new PlannedOptions(context);
    }

    @Override
    public Integer call() {
        ControlRequest request = ControlRequest.of(Verb.KEYS_IMPORT, key.name());
        if (dashboardName != null) {
            request = request.with(Argument.DASHBOARD_NAME, dashboardName);
        }
        return change.perform(request, secret.read("Current key of " + key.name() + " (not shown): "));
    }
}
