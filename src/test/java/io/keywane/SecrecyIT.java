package io.keywane;

import io.keywane.control.AlertList;
import io.keywane.control.Argument;
import io.keywane.control.ControlError;
import io.keywane.control.ControlReply;
import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import io.keywane.control.WireJson;
import io.keywane.sandbox.Faults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Planted keys appear in no output whatsoever: log, metrics, replies, audit, database, process list, environment. */
class SecrecyIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    /** Of {@code jbe_sbx_...}, what the dashboard shows. */
    private static final int PUBLIC_PREFIX = 12;
    private static final int RUN = 8;

    @TempDir
    private Path folder;

    @TempDir
    private Path issuer;

    @Test
    void keys_throughARotationWithFaults_appearNowhere() throws Exception {
        try (Rig rig = new Rig(folder)) {
            Rig.NewKey first = rig.createKey("first");
            Rig.NewKey second = rig.createKey("second");
            Rig.NewKey third = rig.createKey("third");
            issues(rig, second);
            Process daemon = rig.start();
            rig.importKey(first);
            rig.until("the first key to be published", LONG, () -> Files.exists(rig.published()));
            rig.change(Verb.ROTATION_START);
            String planned = planned(rig, third);
            rig.until("the issuer to bring the second key", LONG, () -> rig.detail().versions().size() == 2);
            rig.supplyKey(second); // a repeat is no error
            rig.sandbox().setFaults(Faults.NONE.withErrorShare(1));
            probe(rig);
            rig.sandbox().setFaults(Faults.NONE.withStripKeyHeader(true));
            probe(rig);
            rig.sandbox().setFaults(Faults.NONE.withTruncateBody(true));
            probe(rig);
            rig.sandbox().setFaults(Faults.NONE);

            List<String> outputs = new ArrayList<>(List.of(metrics(rig), page(rig), rig.log(), processes(daemon),
                    planned, Files.readString(issuer.resolve("environment"))));
            for (Verb verb : Verb.values()) {
                if (!verb.isMutating()) {
                    outputs.add(ask(rig, verb));
                }
            }
            assertThat(rig.log()).contains("the issuer failed (exit 1");
            for (Rig.NewKey key : List.of(first, second, third)) {
                outputs.forEach(output -> assertShowsNothingOf(key, output));
                assertThat(filesThatHold(rig, key)).isEmpty();
            }
        }
    }

    /** A program that fails at first, and says the key on both its outputs each time. */
    private void issues(Rig rig, Rig.NewKey key) throws IOException {
        Path value = Files.writeString(issuer.resolve("value"), key.material().exposeString());
        Path program = Files.writeString(issuer.resolve("issue"), """
                #!/bin/sh
                env > %1$s/environment
                cat %2$s
                echo "made $(cat %2$s)" >&2
                test -e %1$s/again || { touch %1$s/again; exit 1; }
                """.formatted(issuer, value));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Path config = rig.folder().resolve("keywane.yaml");
        Files.writeString(config, Files.readString(config).replace("publish: {file: search}",
                "publish: {file: search}\n    intake: {exec: {command: [" + program + "]}}"));
    }

    private static String planned(Rig rig, Rig.NewKey key) {
        ControlReply reply = rig.client().call(ControlRequest.of(Verb.ROTATION_SUPPLY, Rig.KEY)
                .with(Argument.DRY_RUN, "true"), key.material());
        return WireJson.pretty(reply.resultJson());
    }

    private static void probe(Rig rig) {
        rig.client().call(ControlRequest.of(Verb.KEYS_PROBE, Rig.KEY));
    }

    /** A refusal is looked through as a result is. */
    private static String ask(Rig rig, Verb verb) {
        ControlRequest request = ControlRequest.of(verb);
        if (verb.arguments().contains(Argument.KEY)) {
            request = request.with(Argument.KEY, Rig.KEY);
        }
        if (verb.arguments().contains(Argument.BUNDLE)) {
            request = request.with(Argument.BUNDLE, Rig.KEY);
        }
        if (verb.arguments().contains(Argument.ALERT)) {
            AlertList firing = rig.client().call(ControlRequest.of(Verb.ALERTS_LIST)).resultAs(AlertList.class);
            request = request.with(Argument.ALERT,
                    firing.alerts().stream().map(AlertList.Alert::id).findFirst().orElse("none"));
        }
        ControlReply reply = rig.client().call(request);
        return reply.error().map(ControlError::toString).orElseGet(() -> WireJson.pretty(reply.resultJson()));
    }

    private static String metrics(Rig rig) throws Exception {
        return fetched(rig, "/metrics", "keywane_probes_total");
    }

    private static String page(Rig rig) throws Exception {
        return fetched(rig, "/", "<!doctype html>");
    }

    private static String fetched(Rig rig, String path, String part) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(rig.http().resolve(path)).build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).contains(part);
            return answer.body();
        }
    }

    private static String processes(Process daemon) throws IOException {
        String proc = "/proc/" + daemon.pid();
        return Files.readString(Path.of(proc, "cmdline")) + readIfAllowed(Path.of(proc, "environ"));
    }

    /** The daemon forbids dumps, which shuts its environment to all but root. */
    private static String readIfAllowed(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }

    private static void assertShowsNothingOf(Rig.NewKey key, String output) {
        String value = key.material().exposeString();
        for (int i = PUBLIC_PREFIX; i + RUN <= value.length(); i++) {
            assertThat(output).doesNotContain(value.substring(i, i + RUN));
        }
        assertThat(output)
                .doesNotContain(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Only the published file may hold a key, and only the current one. */
    private static List<Path> filesThatHold(Rig rig, Rig.NewKey key) throws IOException {
        String secret = key.material().exposeString().substring(PUBLIC_PREFIX);
        try (Stream<Path> files = Files.walk(rig.folder())) {
            return files.filter(Files::isRegularFile).filter(file -> !file.equals(rig.published()))
                    .filter(file -> readIfAllowed(file).contains(secret)).toList();
        }
    }
}
