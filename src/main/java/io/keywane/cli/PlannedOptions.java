package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.ControlReply;
import io.keywane.control.ControlRequest;
import io.keywane.control.PlanResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a verb has besides that changes a rotation: it can say what it would do, and do just that later. */
final class PlannedOptions extends ChangeOptions {
    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private @Nullable Plan plan;

    /** At most one of these. */
    static final class Plan {
        @Option(names = "--dry-run",
                description = "Print what would be done and the id of that plan; nothing is changed or audited.")
        private boolean dryRun;

        @Option(names = "--plan", paramLabel = "ID",
                description = "Do it only if nothing has moved since the dry run that printed this id (else exit 6).")
        private @Nullable String id;
    }

    PlannedOptions(CliContext context) {
        super(context);
    }

    /** Whether nothing is to be done, so that nothing needs to be confirmed or waited for. */
    boolean isDryRun() {
        return plan != null && plan.dryRun;
    }

    @Override
    void requireReason() {
        if (!isDryRun()) {
            super.requireReason();
        }
    }

    @Override
    ControlRequest complete(ControlRequest request) {
        ControlRequest complete = super.complete(request);
        if (isDryRun()) {
            return complete.with(Argument.DRY_RUN, "true");
        }
        return plan == null || plan.id == null ? complete : complete.with(Argument.PLAN, plan.id);
    }

    @Override
    int print(ControlReply reply) {
        if (!isDryRun()) {
            return super.print(reply);
        }
        warn(reply.resultAs(PlanResult.class).warnings());
        return output().print(reply, PlanResult.class, PlanText::lines);
    }
}
