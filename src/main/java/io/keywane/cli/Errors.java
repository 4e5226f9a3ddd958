package io.keywane.cli;

import io.keywane.control.ControlError;
import io.keywane.control.ControlException;
import io.keywane.control.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNullElse;

/**
 * The one place where failures become messages and exit codes: {@code keywane: MESSAGE} on standard error, then a hint.
 */
final class Errors implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final PrintStream err;
    private final Root root;
    private final KeyGuard guard;

    Errors(PrintStream err, Root root, KeyGuard guard) {
        this.err = err;
        this.root = root;
        this.guard = guard;
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult result) {
        return tell(exception);
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        String help = "see: " + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        if (exception instanceof UnmatchedArgumentException unmatched) {
            return print(ExitCode.USAGE, unmatched(unmatched), suggestion(unmatched).orElse(help));
        }
        return print(ExitCode.USAGE, guard.masked(requireNonNullElse(exception.getMessage(), "wrong use")), help);
    }

    /** Prints what went wrong and tells how to end. */
    int tell(Exception exception) {
        if (exception instanceof ControlException known) {
            ControlError error = known.error();
            return print(known.exit(), error.message(), error.hint().orElse(""));
        }
        if (root.debug()) {
            exception.printStackTrace(err);
        }
        String message = exception.getMessage() == null ? "" : ": " + guard.masked(exception.getMessage());
        return print(ExitCode.FAILURE, "unexpected error: " + exception.getClass().getSimpleName() + message,
                root.debug() ? "" : "run it again with --debug for the stack trace");
    }

    private int print(ExitCode exit, String message, String hint) {
        err.println("keywane: " + message);
        if (!hint.isEmpty()) {
            err.println("hint: " + hint);
        }
        return exit.number();
    }

    private String unmatched(UnmatchedArgumentException exception) {
        String first = exception.getUnmatched().getFirst();
        String kind = exception.isUnknownOption() ? "unknown option" : "unexpected argument";
        if (guard.takesKey()) {
            return kind + "; it is not shown, since it might be a key";
        }
        if (exception.isUnknownOption()) {
            return guard.masked(kind + " '" + first + "'");
        }
        boolean group = !exception.getCommandLine().getSubcommands().isEmpty();
        return guard.masked((group ? "unknown command" : kind) + " '" + first + "'");
    }

    private Optional<String> suggestion(UnmatchedArgumentException exception) {
        List<String> suggestions = exception.getSuggestions();
        if (suggestions.isEmpty() || (guard.takesKey() && !exception.isUnknownOption())) {
            return Optional.empty();
        }
        String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        boolean options = exception.isUnknownOption();
        return Optional.of("did you mean: " + String.join(", ",
                suggestions.stream().map(name -> options ? name : command + " " + name).toList()));
    }
}
