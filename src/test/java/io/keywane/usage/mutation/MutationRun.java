package io.keywane.usage.mutation;

import io.keywane.usage.mutation.Mutation.Kind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Plays the directed tests against mutants of the interval arithmetic, and tells which of them nobody noticed. */
final class MutationRun {
    /** The classes between headers and silence. */
    static final List<String> CLASSES = List.of("CountRange", "GroupAccount", "Judge", "Millis", "OwnRequest",
            "OwnRequests", "OwnRequests$Open", "OwnRing", "OwnWindows", "OwnWindows$Tally", "ServerClock", "Shift",
            "Shot", "SilenceChain", "SilenceChain$Gap", "SilenceChain$Strand", "SilentSpan", "SilentSpan$Hole",
            "Trust", "WindowLookup", "WindowMap");
    private static final String PACKAGE = "io.keywane.usage.";

    private final Equivalents equivalents;
    private final Predicate<Mutation> chosen;
    private final Map<String, Map<Kind, Score>> scores = new LinkedHashMap<>();
    private final List<Mutation> survivors = new ArrayList<>();

    /** What became of the mutants of one class. */
    private static final class Score {
        private int killed;
        private int equivalent;
        private int survived;
    }

    MutationRun(Equivalents equivalents, Predicate<Mutation> chosen) {
        this.equivalents = equivalents;
        this.chosen = chosen;
    }

    /** Tries all that are chosen; the tests must pass on the classes as they are. */
    MutationRun play() {
        for (String name : CLASSES) {
            Mutator mutator = mutator(name);
            List<Mutation> mutations = mutator.mutations().stream().filter(chosen).toList();
            if (mutations.isEmpty()) {
                continue;
            }
            Optional<String> failure = DirectedTests.firstFailure(loader(name, mutator.compiled(null)));
            if (failure.isPresent()) {
                throw new IllegalStateException("without a mutation of " + name + " this fails: " + failure.get());
            }
            mutations.forEach(mutation -> play(mutator, mutation));
        }
        return this;
    }

    /** All that there are. */
    static List<Mutation> mutations() {
        return CLASSES.stream().flatMap(name -> mutator(name).mutations().stream()).toList();
    }

    private static Mutator mutator(String name) {
        try {
            return new Mutator(MutantLoader.read(MutationRun.class.getClassLoader(), PACKAGE + name));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("not compiled: " + name, e);
        }
    }

    private static MutantLoader loader(String name, byte[] compiled) {
        return new MutantLoader(MutationRun.class.getClassLoader(), Map.of(PACKAGE + name, compiled));
    }

    private void play(Mutator mutator, Mutation mutation) {
        Score score = scores.computeIfAbsent(mutation.owner(), _ -> new EnumMap<>(Kind.class))
                .computeIfAbsent(mutation.change().kind(), _ -> new Score());
        if (equivalents.has(mutation)) {
            score.equivalent++;
            return;
        }
        if (isNoticed(loader(mutation.owner(), mutator.compiled(mutation)))) {
            score.killed++;
            return;
        }
        score.survived++;
        survivors.add(mutation);
    }

    private static boolean isNoticed(ClassLoader mutated) {
        try {
            return DirectedTests.firstFailure(mutated).isPresent();
        } catch (OutOfMemoryError e) {
            // A list that grows without end is a failure, too, but one that JUnit does not report.
            return true;
        }
    }

    /** Mutants that no test noticed and nobody explained. */
    List<Mutation> survivors() {
        return List.copyOf(survivors);
    }

    int tried() {
        return scores.values().stream().flatMap(kinds -> kinds.values().stream())
                .mapToInt(score -> score.killed + score.survived).sum();
    }

    /** One line for each class and kind, and one for each survivor. */
    String report() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%-22s %-11s %7s %11s %9s%n", "class", "mutations", "killed",
                "equivalent", "survived"));
        scores.forEach((owner, kinds) -> kinds.forEach((kind, score) -> text.append(String.format(Locale.ROOT,
                "%-22s %-11s %7d %11d %9d%n", owner, kind.name().toLowerCase(Locale.ROOT), score.killed,
                score.equivalent, score.survived))));
        survivors.forEach(mutation -> text.append("survived: ").append(mutation.name()).append("  line ")
                .append(mutation.line()).append(": ").append(source(mutation)).append(System.lineSeparator()));
        return text.toString();
    }

    private static String source(Mutation mutation) {
        String file = mutation.owner().replaceFirst("\\$.*", "");
        Path source = Path.of("src/main/java", PACKAGE.replace('.', '/'), file + ".java");
        try {
            return Files.readAllLines(source).get(mutation.line() - 1).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code src/test/sh/mutate [all|comparison|arithmetic] [CLASS ...]}: exits 1 where a mutant survived. */
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        String kind = words.isEmpty() ? "comparison" : words.getFirst();
        List<String> classes = words.size() > 1 ? words.subList(1, words.size()) : CLASSES;
        MutationRun run = new MutationRun(Equivalents.read(),
                mutation -> (kind.equals("all") || mutation.change().kind().name().equalsIgnoreCase(kind))
                        && classes.contains(mutation.owner()));
        long begin = System.nanoTime();
        System.out.print(run.play().report());
        System.out.printf(Locale.ROOT, "%d mutants in %d s%n", run.tried(),
                (System.nanoTime() - begin) / 1_000_000_000);
        System.exit(run.survivors().isEmpty() ? 0 : 1);
    }
}
