package io.keywane.sandbox;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The sandbox as a process: its one line, and its end. */
class SandboxCommandIT {
    @TempDir
    private Path folder;

    @Test
    void process_terminated_endsCleanly() throws Exception {
        Path state = folder.resolve("state");
        Path errors = folder.resolve("stderr");
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"), SandboxMain.class.getName(), "--state-dir", state.toString(),
                "--key", "search", "--key", "feed"))
                .redirectError(errors.toFile()).start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            JsonNode ready = Json.STRICT.readTree(lines.readLine());
            assertThat(ready.get("ready").asBoolean()).isTrue();
            assertThat(ready.get("state_dir").asString()).isEqualTo(state.toString());
            assertThat(Files.readString(state.resolve("endpoints.json"))).contains(ready.get("base_url").asString())
                    .contains(ready.get("control_url").asString());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("feed.key"))))
                    .isEqualTo("rw-------");
            assertThat(get(ready.get("base_url").asString(), Files.readString(state.resolve("search.key")).strip()))
                    .startsWith("HTTP/1.1 200");
            useIt(state, ready.get("base_url").asString());
            process.toHandle().destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("ended by SIGTERM").isEqualTo(143);
            assertThat(lines.readLine()).as("nothing but the ready line on stdout").isNull();
        } finally {
            process.destroyForcibly();
        }
        try (var left = Files.list(state)) {
            assertThat(left).isEmpty();
        }
        assertThat(Files.readString(errors)).doesNotContain("ERROR", "Exception", "jbe_sbx_");
    }

    private static void useIt(Path state, String baseUrl) throws Exception {
        try (SandboxControlClient client = SandboxControlClient.of(state)) {
            client.createOrganisation(SandboxControl.NewOrganisation.of("acme", 10));
            String key = client.createKey(SandboxControl.NewKey.of("org-2", null)).value();
            assertThat(get(baseUrl, key)).startsWith("HTTP/1.1 200").contains("X-Credits-Balance: 9\r\n");
        }
    }

    private static String get(String baseUrl, String key) throws Exception {
        return RawHttp.send(URI.create(baseUrl), "GET /api/jobs?page_size=1 HTTP/1.1\r\n"
                + "Host: localhost\r\nConnection: close\r\nX-Api-Key: " + key + "\r\n\r\n");
    }
}
