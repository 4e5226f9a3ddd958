package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code rotation supply}: gives the new key to an open rotation. */
@Command(name = "supply", header = "Give the new key to the open rotation.", mixinStandardHelpOptions = true, footer = {
    "", "Example:", "  $ keywane rotation supply search-production --dashboard-name \"search 2026\"",
    "  $ keywane rotation supply search-production --stdin --wait 2h < new-key",
    "Undo: keywane rotation abort search-production"})
final class RotationSupplyCommand implements Callable<Integer> {
    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final SecretOptions secret;

    @Mixin
    private final PlannedOptions change;

    @Mixin
    private final WaitOption wait;

    @Option(names = "--dashboard-name", paramLabel = "NAME",
            description = "The key's name in the vendor's dashboard, by which it is found when it is to be revoked.")
    private @Nullable String dashboardName;

    RotationSupplyCommand(CliContext context) {
        this.secret = new SecretOptions(context);
        this.change = new PlannedOptions(context);
        this.wait = new WaitOption(context);
    }

    @Override
    public Integer call() {
        ControlRequest request = ControlRequest.of(Verb.ROTATION_SUPPLY, key.name());
        if (dashboardName != null) {
            request = request.with(Argument.DASHBOARD_NAME, dashboardName);
        }
        int exit = change.perform(request, secret.read("New key of " + key.name() + " (not shown): "));
        return change.isDryRun() ? exit : wait.await(exit, change.daemon().client(), change.output(), key.name());
    }
}
