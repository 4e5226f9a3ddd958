package io.keywane.usage.sim;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;

/** The command {@code simulate-drain}: many scenarios, or one with a trace. */
final class SimulateDrain {
    private static final String USAGE = """
            usage: simulate-drain --power N [--threads N]   plays N scenarios of each row of the power table
                   simulate-drain [--runs N | --minutes M] [--from SEED] [--threads N] [--breaking A1..A6|GROUPS|WAIVING]
                   simulate-drain --seed SEED [--breaking ...]   plays one scenario with a trace
            """;

    private static final String WAIVING = "WAIVING";

    private SimulateDrain() {}

    /** Plays what the arguments ask for, and exits with 1 where something false was claimed. */
    public static void main(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        if (arguments.length % 2 != 0 || options.keySet().stream().anyMatch(o -> !USAGE.contains(o + " "))) {
            System.err.print(USAGE);
            System.exit(2);
        }
        if (options.containsKey("--power")) {
            System.exit(power(options) ? 0 : 1);
        }
        String breaking = options.getOrDefault("--breaking", "");
        LongFunction<Scenario> scenarios = scenarios(breaking);
        boolean sound = options.containsKey("--seed")
                ? trace(scenarios.apply(Long.parseLong(options.get("--seed"))))
                : campaign(options, scenarios);
        System.exit(sound || !(breaking.isEmpty() || breaking.equals(WAIVING)) ? 0 : 1);
    }

    private static LongFunction<Scenario> scenarios(String breaking) {
        return switch (breaking) {
            case "" -> ScenarioDraw::sound;
            case WAIVING -> ScenarioDraw::waiving;
            default -> seed -> ScenarioDraw.breaking(seed, Assumption.valueOf(breaking));
        };
    }

    private static boolean trace(Scenario scenario) {
        System.out.println(scenario.words());
        Outcome outcome = Simulation.play(scenario, System.out::println);
        System.out.println(outcome.isSound() ? "nothing false" : String.join(System.lineSeparator(), outcome.lies()));
        return outcome.isSound();
    }

    private static int threads(Map<String, String> options) {
        return Integer.parseInt(
                options.getOrDefault("--threads", String.valueOf(Runtime.getRuntime().availableProcessors())));
    }

    private static boolean power(Map<String, String> options) {
        PowerCampaign played = PowerCampaign.run(Integer.parseInt(options.get("--power")), threads(options));
        System.out.print(played.table());
        System.out.print(played.explanations());
        return played.missed().isEmpty();
    }

    private static boolean campaign(Map<String, String> options, LongFunction<Scenario> scenarios) {
        int threads = threads(options);
        long from = Long.parseLong(options.getOrDefault("--from", "0"));
        Campaign played = options.containsKey("--minutes")
                ? Campaign.run(scenarios, from,
                        Duration.ofSeconds(Math.round(60 * Double.parseDouble(options.get("--minutes")))), threads)
                : Campaign.run(scenarios, from,
                        Long.parseLong(options.getOrDefault("--runs", "10000")), threads);
        System.out.print(played.table());
        System.out.print(played.failures());
        return played.all().failed.isEmpty();
    }
}
