package io.keywane.engine.sim;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The command {@code simulate-rotation}: many runs, or one with a trace. */
final class SimulateRotation {
    private static final String USAGE = """
            usage: simulate-rotation [--runs N | --minutes M] [--from SEED] [--threads N]
                   simulate-rotation --seed SEED   plays one run with a trace
            """;

    private SimulateRotation() {}

    /** Plays what the arguments ask for, and exits with 1 where a promise was broken. */
    public static void main(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        if (arguments.length % 2 != 0 || options.keySet().stream().anyMatch(o -> !USAGE.contains(o + " "))) {
            System.err.print(USAGE);
            System.exit(2);
        }
        boolean kept = options.containsKey("--seed")
                ? trace(Long.parseLong(options.get("--seed")))
                : campaign(options);
        System.exit(kept ? 0 : 1);
    }

    private static boolean trace(long seed) {
        Outcome outcome = Campaign.silently(() -> new Run(RunPlan.of(seed), System.out::println).play());
        System.out.println(outcome.broken().isEmpty()
                ? "every promise kept"
                : String.join(System.lineSeparator(), outcome.broken()));
        return outcome.broken().isEmpty();
    }

    private static boolean campaign(Map<String, String> options) {
        int threads = Integer.parseInt(
                options.getOrDefault("--threads", String.valueOf(Runtime.getRuntime().availableProcessors())));
        long from = Long.parseLong(options.getOrDefault("--from", "0"));
        long began = System.nanoTime();
        Report report = options.containsKey("--minutes")
                ? Campaign.run(from, Duration.ofSeconds(Math.round(60 * Double.parseDouble(options.get("--minutes")))),
                        threads)
                : Campaign.run(from, Long.parseLong(options.getOrDefault("--runs", "10000")), threads);
        System.out.print(report.text());
        System.out.printf("seeds from %d, %d threads, %.0f s%n", from, threads, (System.nanoTime() - began) / 1e9);
        return report.broken.isEmpty();
    }
}
