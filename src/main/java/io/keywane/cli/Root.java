package io.keywane.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code keywane} without a verb: shows the help. */
@Command(name = "keywane", mixinStandardHelpOptions = true, versionProvider = ProductVersion.class,
        header = "Watches over an organisation's API keys and replaces them without downtime.",
        synopsisSubcommandLabel = "COMMAND")
final class Root implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an unexpected error.")
    private boolean debug;

    boolean debug() {
        return debug;
    }

    @Override
    public Integer call() {
        return Group.help(spec);
    }
}
