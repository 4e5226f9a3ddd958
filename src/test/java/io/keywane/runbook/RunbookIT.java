package io.keywane.runbook;

import io.keywane.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Every page of {@code runbooks/} in the situation that it is for: its alert fires, each of its commands is run in order and
 * prints what the page shows, and the alert is gone at the end.
 */
@Isolated // it lives by times of a second or two
class RunbookIT {
    /** Pages that cannot be brought about here, and why. */
    private static final Map<String, String> LEFT_OUT = Map.of();

    /** Scenes side by side: each waits more than it works. */
    private static final Semaphore AT_A_TIME = new Semaphore(10);

    @TempDir
    private Path folder;

    /** How a scenario went. */
    private record Result(String page, int commands, Duration took, Optional<Throwable> failure) {}

    /** It lives by times of a second or two, so it wants a machine of its own: {@code KEYWANE_RUNBOOKS=1} asks for it. */
    @Test
    void pages_inTheirSituation_doWhatTheyShow() throws Exception {
        if (!"1".equals(System.getenv("KEYWANE_RUNBOOKS"))) {
            System.out.println("SKIPPED: the runbooks are run only where KEYWANE_RUNBOOKS=1 asks for it");
            abort("KEYWANE_RUNBOOKS=1 does not ask for it");
        }
        Peers.require("prometheus", Peers.onPath("prometheus"));
        long begin = System.nanoTime();
        List<Result> results = new ArrayList<>();
        try (Prometheus prometheus = new Prometheus(folder.resolve("prometheus"));
                ExecutorService executor = Executors.newCachedThreadPool()) {
            List<Future<Result>> running = wanted()
                    .map(scenario -> executor.submit(() -> play(scenario, prometheus))).toList();
            for (Future<Result> each : running) {
                results.add(each.get());
            }
        }
        report(results, Duration.ofNanos(System.nanoTime() - begin));
        results.stream().flatMap(result -> result.failure().stream()).reduce((first, more) -> {
            first.addSuppressed(more);
            return first;
        }).ifPresent(failure -> {
            throw new AssertionError(results.stream().filter(r -> r.failure().isPresent()).map(Result::page).toList()
                    + " do not work", failure);
        });
    }

    @Test
    void pages_andScenarios_matchOneToOne() throws IOException {
        List<String> played = new ArrayList<>(Scenarios.all().stream().map(Scenario::page).toList());
        played.addAll(LEFT_OUT.keySet());

        assertThat(played).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(pages());
    }

    /** All, or the one that {@code -Dkeywane.page=NAME} names. */
    private static Stream<Scenario> wanted() {
        String only = System.getProperty("keywane.page", "");
        return Scenarios.all().stream().filter(each -> only.isEmpty() || each.page().matches(only));
    }

    static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("runbooks"))) {
            return files.map(file -> file.getFileName().toString().replace(".md", ""))
                    .filter(name -> !name.equals("README")).sorted().toList();
        }
    }

    private Result play(Scenario scenario, Prometheus prometheus) throws InterruptedException {
        AT_A_TIME.acquire();
        try {
            return playNow(scenario, prometheus);
        } finally {
            AT_A_TIME.release();
        }
    }

    private Result playNow(Scenario scenario, Prometheus prometheus) {
        long begin = System.nanoTime();
        int commands = 0;
        Optional<Throwable> failure = Optional.empty();
        try (Scene scene = new Scene(scenario.page(), folder.resolve(scenario.page()), prometheus,
                scenario.balance())) {
            try {
                scenario.play().in(scene);
                scene.page().end();
            } catch (Exception | AssertionError e) {
                System.out.println(scenario.page() + " when it failed:\n" + scene.state());
                throw e;
            } finally {
                commands = scene.page().commands();
                Files.writeString(Files.createDirectories(Path.of("target/runbooks")).resolve(scenario.page() + ".txt"),
                        scene.page().transcript());
            }
        } catch (Exception | AssertionError e) {
            failure = Optional.of(new AssertionError(scenario.page() + ": " + e.getMessage(), e));
            System.out.println("FAILED " + scenario.page() + ": " + e.getMessage());
        }
        return new Result(scenario.page(), commands, Duration.ofNanos(System.nanoTime() - begin), failure);
    }

    private static void report(List<Result> results, Duration took) {
        System.out.println("page                          commands  seconds");
        results.forEach(result -> System.out.printf(Locale.ROOT, "%-30s %7d  %7.1f%s%n", result.page(),
                result.commands(), result.took().toMillis() / 1e3, result.failure().isPresent() ? "  FAILED" : ""));
        System.out.printf(Locale.ROOT, "%d pages, %d commands, %.1f s in all%n", results.size(),
                results.stream().mapToInt(Result::commands).sum(), took.toMillis() / 1e3);
        LEFT_OUT.forEach((page, why) -> System.out.println("left out: " + page + ": " + why));
    }
}
