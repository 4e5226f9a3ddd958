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

    private static final String ZSH_FIRST = "#compdef keywane\n";
    /** As a file of its function path, zsh runs the script for the first completion, which must then be answered. */
    private static final String ZSH_LAST = """

            if [ "${funcstack[1]-}" = _keywane ]; then
                _bash_complete -o default -F _complete_keywane
            fi
            """;

    private final CliContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    private Shell shell = Shell.bash;

    CompletionCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        // One script serves both: under zsh it loads bash's way of completing by itself.
        String script = AutoComplete.bash("keywane", spec.root().commandLine());
        context.out().print(shell == Shell.bash ? script : ZSH_FIRST + script + ZSH_LAST);
        return ExitCode.DONE.number();
    }
}
