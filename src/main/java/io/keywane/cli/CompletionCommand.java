package io.keywane.cli;

import io.keywane.control.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code completion}: a script that completes verbs and options in a shell. */
@Command(name = "completion", header = "Print a completion script for bash or zsh.", mixinStandardHelpOptions = true,
        footer = {
            "", "Example:", "  $ keywane completion bash > /etc/bash_completion.d/keywane",
            "For this shell only: source <(keywane completion bash)"})
final class CompletionCommand implements Callable<Integer> {
    /** The shells; lower case, since they are typed. */
    enum Shell {
        bash, zsh
    }

    private final CliContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    @SuppressWarnings("UnusedVariable") // asked for, so that a shell that cannot be served is refused
    private Shell shell = Shell.bash;

    CompletionCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        // One script serves both: under zsh it loads bash's way of completing by itself.
        context.out().print(AutoComplete.bash("keywane", spec.root().commandLine()));
        return ExitCode.DONE.number();
    }
}
