package io.keywane.engine.sim;

/** The command {@code simulate-rotation}: many runs, or one with a trace. */
final class SimulateRotation {
    private SimulateRotation() {}

    public static void main(String[] arguments) {
        ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("io.keywane"))
                .setLevel(ch.qos.logback.classic.Level.OFF);
        long seed = Long.parseLong(arguments[1]);
        if (arguments[0].equals("--seed")) {
            Outcome outcome = new Run(RunPlan.of(seed), System.out::println).play();
            System.out.println(outcome);
            return;
        }
        long began = System.nanoTime();
        long total = 0;
        for (long s = 0; s < seed; s++) {
            Outcome outcome = new Run(RunPlan.of(s), _ -> {}).play();
            total += outcome.seconds();
            if (!outcome.broken().isEmpty()) {
                System.out.println(s + " " + outcome.broken());
            }
        }
        System.out.println((System.nanoTime() - began) / 1e6 / seed + " ms a run, " + total / seed + " s simulated");
    }
}
