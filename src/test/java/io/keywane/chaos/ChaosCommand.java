package io.keywane.chaos;

import java.nio.file.Files;
import java.nio.file.Path;

/** {@code src/test/sh/chaos}. */
final class ChaosCommand {
    private ChaosCommand() {}

    /** Plays it: keys, rounds, kills, consumers of each key, and the seed. */
    public static void main(String[] arguments) throws Exception {
        ChaosPlan plan = new ChaosPlan(Long.parseLong(arguments[4]), Integer.parseInt(arguments[0]),
                Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        Path folder = Files.createTempDirectory("kw-chaos");
        boolean clean;
        try (Chaos chaos = new Chaos(plan, folder).play()) {
            System.out.println(chaos.report());
            chaos.faults().stream().limit(20).forEach(System.out::println);
            System.out.println("the daemons' log: " + folder.resolve("daemon.log"));
            clean = chaos.faults().isEmpty();
        }
        // Only now: an exit from within would leave the last daemon behind.
        System.exit(clean ? 0 : 1);
    }
}
