package io.keywane;

import io.keywane.cli.CliContext;
import io.keywane.cli.KeywaneCommandLine;
import io.keywane.daemon.BackupCommand;
import io.keywane.daemon.DaemonCommand;
import io.keywane.demo.DemoCommand;
import io.keywane.sandbox.SandboxCommand;

import java.util.Map;

/** Entry point of every verb. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(KeywaneCommandLine.run(CliContext.ofProcess(), verbsOfOtherPackages(), arguments));
    }

    /** Verbs that are more than a question to the daemon, by name. */
    private static Map<String, Object> verbsOfOtherPackages() {
        return Map.of("backup", new BackupCommand(), "daemon", new DaemonCommand(), "demo", new DemoCommand(),
                "sandbox", new SandboxCommand());
    }
}
