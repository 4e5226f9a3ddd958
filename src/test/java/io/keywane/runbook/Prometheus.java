package io.keywane.runbook;

import io.keywane.AlertRulesFile;
import io.keywane.Peers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Debian's Prometheus with the shipped rules, minutes and hours taken for seconds; daemons are added as they start. Closing
 * it leaves nothing running.
 */
final class Prometheus implements AutoCloseable {
    private final Path folder;
    private final Path targets;
    private final int port = freePort();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> watched = new TreeSet<>();
    private final Process process;

    Prometheus(Path folder) throws IOException {
        this.folder = Files.createDirectory(folder);
        targets = folder.resolve("targets.json");
        write();
        Path rules = Files.writeString(folder.resolve("rules.yaml"),
                AlertRulesFile.inSeconds().replaceAll("\\[(\\d+)h]", "[$1" + "0s]"));
        Path configuration = Files.writeString(folder.resolve("prometheus.yaml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs: [{job_name: keywane, file_sd_configs: [{files: ["%s"], refresh_interval: 1s}]}]
                """.formatted(rules, targets));
        process = new ProcessBuilder(Peers.require("prometheus", Peers.onPath("prometheus")).toString(),
                "--config.file=" + configuration, "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no port is free", e);
        }
    }

    /** Scrapes an address from now on. */
    synchronized void watch(String address) throws IOException {
        watched.add(address);
        write();
    }

    /** Scrapes it no more. */
    synchronized void forget(String address) throws IOException {
        watched.remove(address);
        write();
    }

    private void write() throws IOException {
        String list = watched.stream().map(address -> "\"" + address + "\"").collect(Collectors.joining(", "));
        Path next = Files.writeString(targets.resolveSibling("targets.next"), "[{\"targets\": [" + list + "]}]");
        Files.move(next, targets, StandardCopyOption.ATOMIC_MOVE);
    }

    boolean isScraped(String address) {
        return get("/api/v1/query?query=up%7Binstance%3D%22" + address + "%22%7D%3D%3D1").at("/data/result").size() > 0;
    }

    boolean fires(String alert, String address) {
        return get("/api/v1/alerts").at("/data/alerts").valueStream()
                .anyMatch(each -> each.path("state").asString("").equals("firing")
                        && each.at("/labels/alertname").asString("").equals(alert)
                        && each.at("/labels/instance").asString("").equals(address));
    }

    private JsonNode get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(10)).build();
            return JsonMapper.shared().readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException _) {
            return JsonMapper.shared().createObjectNode(); // it has not started yet, or is busy
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        client.close();
    }

    @Override
    public String toString() {
        return "Prometheus in " + folder;
    }
}
