package io.keywane.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.util.List;

/** The tree of this package's verbs. */
final class Verbs {
    private Verbs() {}

    static void addTo(CommandLine root, CliContext context) {
        root.addSubcommand(group(new Keys(), List.of(new KeysListCommand(context), new KeysShowCommand(context),
                new KeysProbeCommand(context), new KeysImportCommand(context),
                new KeysFindingsCommand(context))));
        root.addSubcommand(group(new Rotation(), List.of(new RotationStartCommand(context),
                new RotationSupplyCommand(context), new RotationApproveCommand(context),
                new RotationStatusCommand(context), new RotationWatchCommand(context),
                new RotationPauseCommand(context), new RotationResumeCommand(context),
                new RotationAbortCommand(context), new RotationRollbackCommand(context),
                new RotationAdoptCommand(context), new RotationWaiveCommand(context),
                new RotationConfirmRevokedCommand(context))));
        root.addSubcommand(new CalibrateCommand(context));
        root.addSubcommand(new UsageCommand(context));
        root.addSubcommand(new ReportCommand(context));
        root.addSubcommand(alerts(context));
        root.addSubcommand(group(new Audit(), List.of(new AuditTailCommand(context), new AuditVerifyCommand(context))));
        root.addSubcommand(group(new Store(), List.of(new StoreCheckCommand(context))));
        root.addSubcommand(group(new Evidence(), List.of(new EvidenceListCommand(context),
                new EvidenceExportCommand(context), new EvidenceVerifyCommand(context))));
        root.addSubcommand(group(new RunbookGroup(), List.of(new RunbookListCommand(context),
                new RunbookShowCommand(context), new RunbookRunCommand(context))));
        root.addSubcommand(new CheckConfigCommand(context));
        root.addSubcommand(new DoctorCommand(context));
        root.addSubcommand(group(new BenchCommand(), List.of(new BenchDetectionCommand(context))));
        root.addSubcommand(new VersionCommand(context));
        root.addSubcommand(new CompletionCommand(context));
        root.addSubcommand(new ManualCommand(context));
    }

    /** {@code alerts} alone lists, as {@code alerts list} does. */
    private static CommandLine alerts(CliContext context) {
        CommandLine line = new CommandLine(new AlertsListCommand(context));
        line.getCommandSpec().name("alerts");
        return line.addSubcommand("list", new AlertsListCommand(context)).addSubcommand(new AlertsShowCommand(context))
                .addSubcommand(new AlertsAckCommand(context))
                .addSubcommand(new AlertsMaintenanceCommand(context));
    }

    private static CommandLine group(Group group, List<Object> verbs) {
        CommandLine line = new CommandLine(group);
        verbs.forEach(line::addSubcommand);
        return line;
    }

    @Command(name = "keys", header = "Managed keys.", mixinStandardHelpOptions = true)
    private static final class Keys extends Group {}

    @Command(name = "rotation", header = "Rotations: replace a key without downtime.", mixinStandardHelpOptions = true)
    private static final class Rotation extends Group {}

    @Command(name = "audit", header = "The audit: who did what, when and why.", mixinStandardHelpOptions = true)
    private static final class Audit extends Group {}

    @Command(name = "store", header = "Where keys are kept.", mixinStandardHelpOptions = true)
    private static final class Store extends Group {}

    @Command(name = "runbook", header = "What to do, page by page.", mixinStandardHelpOptions = true)
    private static final class RunbookGroup extends Group {}

    @Command(name = "evidence", header = "What a flag rests on.", mixinStandardHelpOptions = true)
    private static final class Evidence extends Group {}
}
