package io.keywane.cli;

import io.keywane.control.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The top-level help: verbs in groups with their full names, and the exit codes. */
final class HelpText {
    private static final List<Map.Entry<String, List<String>>> GROUPS = List.of(
            Map.entry("Run", List.of("daemon", "check-config", "doctor", "store", "backup", "demo", "sandbox")),
            Map.entry("Keys", List.of("keys")), Map.entry("Rotation", List.of("rotation")),
            Map.entry("Watch", List.of("calibrate", "usage", "report", "alerts", "runbook", "audit",
                    "evidence")),
            Map.entry("Other", List.of("bench", "version", "completion", "manual")));

    private HelpText() {}

    static void apply(CommandLine line) {
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, _ -> "");
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpText::commands);
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
                _ -> "%nExit codes%n".formatted());
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST, _ -> exitCodes());
    }

    private static String commands(Help help) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, List<String>> group : GROUPS) {
            List<CommandLine> leaves = group.getValue().stream()
                    .flatMap(name -> Stream.ofNullable(help.commandSpec().subcommands().get(name)))
                    .flatMap(HelpText::leaves).toList();
            if (!leaves.isEmpty()) {
                text.append("%n%s%n".formatted(group.getKey()));
                leaves.forEach(leaf -> text.append(entry(leaf)));
            }
        }
        return text.toString();
    }

    private static Stream<CommandLine> leaves(CommandLine command) {
        if (command.getSubcommands().isEmpty()) {
            return Stream.of(command);
        }
        return new ArrayList<>(command.getSubcommands().values()).stream().flatMap(HelpText::leaves);
    }

    private static String entry(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName(" ").substring("keywane ".length());
        String[] header = command.getCommandSpec().usageMessage().header();
        return "  %-26s %s%n".formatted(name, header.length == 0 ? "" : header[0]);
    }

    private static String exitCodes() {
        StringBuilder text = new StringBuilder();
        for (ExitCode code : ExitCode.values()) {
            text.append("  %-4d %s%n".formatted(code.number(), code.meaning()));
        }
        return text.toString();
    }
}
