package io.keywane.control;

import java.util.Optional;
import java.util.stream.Stream;

/** How a command ended, as scripts see it. The numbers are fixed: they are part of the interface. */
public enum ExitCode {
    /** Done. */
    DONE(0, "done"),
    /** Something failed that has no code of its own. */
    FAILURE(1, "failure"),
    /** The command line or the request is wrong. */
    USAGE(2, "wrong use of the command line"),
    /** A check ran to its end and found problems. */
    PROBLEMS_FOUND(3, "problems found (check-config, doctor, store check, audit verify, evidence verify, runbook run)"),
    /** The caller has not the right. */
    DENIED(4, "denied"),
    /** The thing named does not exist. */
    NOT_FOUND(5, "not found"),
    /** The state of things does not allow it now. */
    CONFLICT(6, "precondition not met, or conflict"),
    /** A person must confirm, and there is no terminal to ask at. */
    NEEDS_CONFIRMATION(7, "needs confirmation, and there is no terminal (see --yes)"),
    /** The wait ended, the work goes on. */
    WAIT_TIMED_OUT(8, "--wait timed out; the work goes on"),
    /** No daemon answers at the socket. */
    UNREACHABLE(9, "daemon unreachable"),
    /** The request was sent and no answer came: repeat it with the same request id. */
    OUTCOME_UNKNOWN(10, "outcome unknown; repeat with the same --request-id"),
    /** Interrupted from the terminal; the daemon goes on. */
    INTERRUPTED(130, "interrupted; the daemon goes on");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** The number that the process ends with. */
    public int number() {
        return number;
    }

    /** What it means, for the help. */
    public String meaning() {
        return meaning;
    }

    /** The code of a number, if it is one of ours. */
    public static Optional<ExitCode> ofNumber(int number) {
        return Stream.of(values()).filter(code -> code.number == number).findFirst();
    }
}
