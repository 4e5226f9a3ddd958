package io.keywane.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** This package's verbs. */
final class Verbs {
    private Verbs() {}

    /** The verbs by name, in the order of the help; each is made when it is asked for, for making them all takes its time. */
    static Map<String, Supplier<Object>> of(CliContext context) {
        Map<String, Supplier<Object>> verbs = new LinkedHashMap<>();
        verbs.put("keys", () -> group(new Keys(), List.of(new KeysListCommand(context), new KeysShowCommand(context),
                new KeysProbeCommand(context), new KeysImportCommand(context), new KeysFindingsCommand(context))));
        verbs.put("rotation", () -> group(new Rotation(), List.of(new RotationStartCommand(context),
                new RotationSupplyCommand(context), new RotationApproveCommand(context),
                new RotationStatusCommand(context), new RotationWatchCommand(context),
                new RotationPauseCommand(context), new RotationResumeCommand(context),
                new RotationAbortCommand(context), new RotationRollbackCommand(context),
                new RotationAdoptCommand(context), new RotationWaiveCommand(context),
                new RotationConfirmRevokedCommand(context))));
        verbs.put("calibrate", () -> new CalibrateCommand(context));
        verbs.put("usage", () -> new UsageCommand(context));
        verbs.put("report", () -> new ReportCommand(context));
        verbs.put("alerts", () -> alerts(context));
        verbs.put("audit", () -> group(new Audit(), List.of(new AuditTailCommand(context),
                new AuditVerifyCommand(context))));
        verbs.put("store", () -> group(new Store(), List.of(new StoreCheckCommand(context))));
        verbs.put("evidence", () -> group(new Evidence(), List.of(new EvidenceListCommand(context),
                new EvidenceExportCommand(context), new EvidenceVerifyCommand(context))));
        verbs.put("runbook", () -> group(new RunbookGroup(), List.of(new RunbookListCommand(context),
                new RunbookShowCommand(context), new RunbookRunCommand(context))));
        verbs.put("check-config", () -> new CheckConfigCommand(context));
        verbs.put("doctor", () -> new DoctorCommand(context));
        verbs.put("bench", () -> group(new BenchCommand(), List.of(new BenchDetectionCommand(context))));
        verbs.put("version", () -> new VersionCommand(context));
        verbs.put("completion", () -> new CompletionCommand(context));
        verbs.put("manual", () -> new ManualCommand(context));
        return verbs;
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
