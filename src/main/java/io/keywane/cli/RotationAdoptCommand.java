package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code rotation adopt}: takes in the key that others put into the store. */
@Command(name = "adopt", header = "Take in the key that others put into the store.",
        mixinStandardHelpOptions = true, description = {
            "The key that consumers read now is proven and becomes the new version; the one that it replaced is drained.",
            "After a restored backup it also takes in keys in custody that the state has forgotten."},
        footer = {
            "", "Example:",
            "  $ keywane rotation adopt search-production --dashboard-name \"search 2026\" --reason \"changed by hand\" --yes",
            "Undo: keywane rotation rollback search-production"})
final class RotationAdoptCommand implements Callable<Integer> {
    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final PlannedOptions change;

    @Mixin
    private final Confirmation confirmation;

    @Option(names = "--dashboard-name", paramLabel = "NAME",
            description = "The key's name in the vendor's dashboard, by which it is found when it is to be revoked.")
    private @Nullable String dashboardName;

    RotationAdoptCommand(CliContext context) {
        this.change = new PlannedOptions(context);
        this.confirmation = new Confirmation(context);
    }

    @Override
    public Integer call() {
        confirmation.confirm(change, "Take in the key that consumers of " + key.name() + " read now");
        ControlRequest request = ControlRequest.of(Verb.ROTATION_ADOPT, key.name());
        return change.perform(dashboardName == null
                ? request
                : request.with(Argument.DASHBOARD_NAME, dashboardName));
    }
}
