package io.keywane;

import io.keywane.control.Argument;
import io.keywane.control.ControlClient;
import io.keywane.control.ControlException;
import io.keywane.control.ControlReply;
import io.keywane.control.ControlRequest;
import io.keywane.control.KeyDetail;
import io.keywane.control.MutationResult;
import io.keywane.control.RotationStatus;
import io.keywane.control.Verb;
import io.keywane.control.VersionInfo;
import io.keywane.daemon.DaemonHere;
import io.keywane.engine.HostClock;
import io.keywane.key.KeyMaterial;
import io.keywane.sandbox.Sandbox;
import io.keywane.sandbox.SandboxControl;
import io.keywane.sandbox.SandboxSettings;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A sandbox in this process and a real daemon beside it, started by the launcher as a user would, for tests of the whole.
 * Closing it leaves nothing running.
 */
public final class Rig implements AutoCloseable {
    public static final String KEY = "search";
    private static final Duration START = Duration.ofSeconds(90);
    private static final Path HOME = Path.of(System.getProperty("keywane.home", "")).toAbsolutePath();

    private final Path folder;
    private final RigSetup setup;
    private final Sandbox sandbox;
    private final String organisation;
    private final List<Process> daemons = new ArrayList<>();
    private final List<AutoCloseable> daemonsHere = new ArrayList<>();

    /**
     * The standard setup, and a folder with all that the daemon finds.
     *
     * @param folder a short path: a Unix socket lies in it
     */
    public Rig(Path folder) throws IOException {
        this(folder, RigSetup.standard());
    }

    /** As the setup says, in such a folder. */
    public Rig(Path folder, RigSetup setup) throws IOException {
        this.folder = folder;
        this.setup = setup;
        sandbox = Sandbox.start(SandboxSettings.defaults(folder.resolve("sandbox")).withRates(setup.rates()),
                setup.clock());
        organisation = sandbox.createOrganisation(
                new SandboxControl.NewOrganisation("acme", setup.balance(), setup.feedPlan())).id();
        for (String name : List.of("run", "state")) {
            Files.createDirectory(folder.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        byte[] kek = new byte[32];
        new SecureRandom().nextBytes(kek);
        Path file = Files.createFile(folder.resolve("kek"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, kek);
        configure(sandbox.baseUrl());
    }

    /** Writes the configuration for an API at this address. */
    public void configure(URI baseUrl) throws IOException {
        Files.writeString(folder.resolve("keywane.yaml"),
                """
                        provider:
                          base_url: %s
                          groups:
                            general:
                              windows: [%s]
                            feed:
                              windows: [%s]
                        organisations: {acme: {credits_low: 500}}
                        keys:
                          search:
                            organisation: acme
                            owner: tests
                            environment: test
                            publish: {file: search}
                            rotation: {approval: automatic, propagation_delay: 2s, quiet_period: 25s, quiet_from_history: false, switch_share: 0.5,
                                       verify_patience: 10s}
                        calibration: %s
                        probing: {interval: 5s, balance_interval: 10s, timeout: 2s, credits_per_day: 10000, share_of_limit: 0.3}
                        storage: {keys: state/keys, key_encryption_key: {file: kek}, database: state/keywane.db, publish: published}
                        service: {http: "127.0.0.1:0", socket: run/control.sock, operators: [], log: {level: %s}}
                        """
                        .formatted(baseUrl, setup.general(), setup.feed(), setup.calibration(), setup.logLevel()));
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public Path folder() {
        return folder;
    }

    public Path published() {
        return folder.resolve("published").resolve(KEY);
    }

    /** All that the daemons wrote. */
    public String log() throws IOException {
        return Files.exists(folder.resolve("daemon.log")) ? Files.readString(folder.resolve("daemon.log")) : "";
    }

    /** Where the running daemon serves metrics. */
    public URI http() throws IOException {
        String line = log().lines().filter(l -> l.contains("metrics at http://")).reduce((_, last) -> last)
                .orElseThrow();
        return URI.create(line.replaceFirst(".*metrics at (http://[^/]+)/metrics.*", "$1"));
    }

    /** Starts a daemon and waits until it answers. */
    public Process start() throws IOException {
        Process process = launch(folder.resolve("daemon.log"), "daemon", "--config",
                folder.resolve("keywane.yaml").toString());
        await().atMost(START).pollInterval(Duration.ofMillis(100)).until(() -> {
            assertThat(process.isAlive()).as(log()).isTrue();
            return answers();
        });
        return process;
    }

    /** Starts a daemon in this process, for many side by side; all that a process of its own has but the process. */
    public void startHere() throws Exception {
        daemonsHere.add(DaemonHere.start(folder.resolve("keywane.yaml")));
    }

    /** Starts one that goes by another clock; to be closed by the caller, or with this. */
    public DaemonHere startHere(HostClock clock) throws Exception {
        DaemonHere daemon = DaemonHere.start(folder.resolve("keywane.yaml"), clock);
        daemonsHere.add(daemon);
        return daemon;
    }

    /** Starts the launcher with a verb; its output is appended to a file. */
    public Process launch(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("keywane").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().put("KEYWANE_NO_BUILD", "1");
        builder.environment().put("KEYWANE_SOCKET", folder.resolve("run/control.sock").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        daemons.add(process);
        return process;
    }

    /** As {@code kill -9} does. */
    public void killDaemons() throws InterruptedException {
        for (Process process : daemons) {
            process.destroyForcibly().waitFor();
        }
    }

    private boolean answers() {
        try {
            client().call(ControlRequest.of(Verb.VERSION)).resultAs(VersionInfo.class);
            return true;
        } catch (ControlException _) {
            return false;
        }
    }

    public ControlClient client() {
        return new ControlClient(folder.resolve("run/control.sock"), Duration.ofSeconds(30));
    }

    /** Makes a key as a person does in the dashboard. */
    public NewKey createKey(String name) {
        SandboxControl.CreatedKey key = sandbox.createKey(SandboxControl.NewKey.of(organisation, name));
        return new NewKey(key.id(), KeyMaterial.copyOf(key.value().getBytes(StandardCharsets.US_ASCII)));
    }

    /** A key's name in the sandbox's ground truth, and its value. */
    public record NewKey(String id, KeyMaterial material) {}

    public MutationResult importKey(NewKey key) {
        return supply(Verb.KEYS_IMPORT, key);
    }

    public MutationResult supplyKey(NewKey key) {
        return supply(Verb.ROTATION_SUPPLY, key);
    }

    private MutationResult supply(Verb verb, NewKey key) {
        return client().call(request(verb), key.material()).resultAs(MutationResult.class);
    }

    /** Accepts a missing proof, as a named person does. */
    public void waive(String gate) {
        client().call(request(Verb.ROTATION_WAIVE).with(Argument.GATE, gate));
    }

    /** The organisation's name in the sandbox. */
    public String organisation() {
        return organisation;
    }

    /** Asks for a change of the key. */
    public ControlReply change(Verb verb) {
        return client().call(request(verb));
    }

    private static ControlRequest request(Verb verb) {
        ControlRequest request = ControlRequest.of(verb, KEY).withReason("test")
                .withRequestId(UUID.randomUUID().toString());
        return verb.takesSecret() ? request.with(Argument.DASHBOARD_NAME, "test") : request;
    }

    public RotationStatus status() {
        return client().call(ControlRequest.of(Verb.ROTATION_STATUS, KEY)).resultAs(RotationStatus.class);
    }

    public KeyDetail detail() {
        return client().call(ControlRequest.of(Verb.KEYS_SHOW, KEY)).resultAs(KeyDetail.class);
    }

    /** Waits until something that may fail meanwhile is so. */
    public void until(String what, Duration longest, Callable<Boolean> condition) {
        await(what).atMost(longest).pollInterval(Duration.ofMillis(200)).ignoreException(ControlException.class)
                .until(condition);
    }

    /** Waits until the latest rotation is in a state. */
    public void untilRotation(String state, Duration longest) {
        until("the rotation to be " + state, longest,
                () -> status().rotation().filter(r -> r.state().equals(state)).isPresent());
    }

    @Override
    public void close() throws IOException {
        for (AutoCloseable daemon : daemonsHere) {
            try {
                daemon.close();
            } catch (Exception e) {
                throw new IOException("a daemon did not close", e);
            }
        }
        for (Process process : daemons) {
            process.destroy();
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        sandbox.close();
    }
}
