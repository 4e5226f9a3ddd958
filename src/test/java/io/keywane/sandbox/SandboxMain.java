package io.keywane.sandbox;

import picocli.CommandLine;

/** Runs the sandbox verb alone, as a process of its own. */
final class SandboxMain {
    private SandboxMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SandboxCommand()).execute(arguments));
    }
}
