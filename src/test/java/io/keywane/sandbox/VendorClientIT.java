package io.keywane.sandbox;

import io.keywane.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The vendor's published Python client (PyPI: jobo-enterprise) works against the sandbox. */
class VendorClientIT {
    private static final List<String> CHECKS = List.of("search_simple", "search_filtered", "search_core_fields",
            "search_advanced", "search_iterated", "get_job", "feed_first_batch", "feed_iterated", "feed_filtered",
            "expired_iterated", "geocode", "company", "company_jobs", "async_search", "error_400", "error_401",
            "error_402",
            "error_403_feed", "error_403_managed", "error_404", "error_429", "error_503");

    @TempDir
    private Path folder;

    @Test
    void client_published_worksInAllItsParts() throws Exception {
        Path python = Peers.require("jobo-enterprise (a Python that can import it)",
                Peers.pythonWith("jobo_enterprise"));
        RateSettings rates = RateSettings.published().withGeneral(
                RateSettings.limits(List.of(Duration.ofMinutes(1), Duration.ofHours(1)), List.of(60, 1_000)));
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults(folder.resolve("state")).withRates(rates))) {
            JsonNode report = run(python, input(sandbox));
            for (String check : CHECKS) {
                assertThat(report.path(check).asString("missing")).as(check).isEqualTo("ok");
            }
            assertThat(report.size()).isEqualTo(CHECKS.size());
            assertThat(sandbox.summary()).extracting(KeySummary::keyId).contains("key-1", "unknown");
            assertThat(sandbox.requests(RequestFilter.ALL).requests()).extracting(RequestRecord::consumer)
                    .allMatch(consumer -> consumer.startsWith("jobo-python/"));
        }
    }

    /** Keys go to the script on stdin: never in arguments or environment. */
    private static Map<String, Object> input(Sandbox sandbox) {
        sandbox.createOrganisation(SandboxControl.NewOrganisation.of("rich", 100_000));
        sandbox.createOrganisation(SandboxControl.NewOrganisation.of("poor", 0));
        sandbox.createOrganisation(new SandboxControl.NewOrganisation("no feed", 100, FeedPlan.CLOSED));
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("base_url", sandbox.baseUrl());
        input.put("control_url", sandbox.controlUrl());
        input.put("control_token", sandbox.controlToken());
        input.put("rich", key(sandbox, "org-1"));
        input.put("limited", key(sandbox, "org-1"));
        input.put("failing", key(sandbox, "org-1"));
        input.put("poor", key(sandbox, "org-2"));
        input.put("no_feed", key(sandbox, "org-3"));
        return input;
    }

    private static String key(Sandbox sandbox, String organisation) {
        return sandbox.createKey(SandboxControl.NewKey.of(organisation, null)).value();
    }

    private JsonNode run(Path python, Map<String, Object> input) throws IOException, InterruptedException {
        Path script = folder.resolve("jobo_client.py");
        Path errors = folder.resolve("stderr");
        try (var resource = VendorClientIT.class.getResourceAsStream("/peers/jobo_client.py")) {
            assertThat(resource).isNotNull();
            Files.copy(resource, script);
        }
        Process process = new ProcessBuilder(python.toString(), script.toString()).redirectError(errors.toFile())
                .start();
        try {
            process.getOutputStream().write(Json.STRICT.writeValueAsBytes(input));
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
            return Json.STRICT.readTree(output);
        } finally {
            process.destroyForcibly();
        }
    }
}
