package io.keywane.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The consumers' processes and what they counted. */
final class ConsumerFleet {
    /** Within which all have read a newly published key. */
    private static final Duration SLOWEST_REREAD = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Map<String, ConsumerCount> counts = new ConcurrentHashMap<>();
    private final List<Process> processes = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();

    /** Starts as many consumers as the settings say, each with its own pace of reading the key again. */
    void start(DemoSettings settings, Workspace workspace, URI baseUrl, Children children) throws IOException {
        for (int number = 1; number <= settings.consumers(); number++) {
            ConsumerSettings consumer = new ConsumerSettings(Names.CONSUMER_PREFIX + number, baseUrl,
                    workspace.publishedKey(), settings.interval(),
                    SLOWEST_REREAD.multipliedBy(number).dividedBy(settings.consumers()));
            start(consumer, workspace, children);
        }
    }

    private void start(ConsumerSettings consumer, Workspace workspace, Children children) throws IOException {
        Process process = children.start(JavaCommand.ofThisProgram().consumer(consumer),
                workspace.log(consumer.name()));
        processes.add(process);
        readers.add(Thread.ofVirtual().name(consumer.name()).start(() -> read(process)));
    }

    private void read(Process process) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().flatMap(line -> ConsumerCount.ofLine(line).stream())
                    .forEach(count -> counts.put(count.consumer(), count));
        } catch (IOException | UncheckedIOException _) {
            // the process was killed: its last line counts
        }
    }

    int size() {
        return processes.size();
    }

    /** How many have made a request. */
    int active() {
        return counts.size();
    }

    long requests() {
        return counts.values().stream().mapToLong(ConsumerCount::requests).sum();
    }

    long refused() {
        return counts.values().stream().mapToLong(ConsumerCount::refused).sum();
    }

    /** Throws if one of them has ended by itself. */
    void check() {
        for (int i = 0; i < processes.size(); i++) {
            if (!processes.get(i).isAlive()) {
                throw new DemoFailure("consumer " + (i + 1) + " ended by itself with exit code "
                        + processes.get(i).exitValue());
            }
        }
    }

    /** Lets each finish its request and waits for its last count. */
    void stop() throws IOException, InterruptedException {
        for (Process process : processes) {
            process.getOutputStream().close();
        }
        for (Process process : processes) {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new DemoFailure("a consumer did not end within " + PATIENCE.toSeconds() + " s");
            }
        }
        for (Thread reader : readers) {
            reader.join(PATIENCE);
        }
    }
}
