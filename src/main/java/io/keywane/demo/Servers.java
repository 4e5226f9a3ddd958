package io.keywane.demo;

import io.keywane.sandbox.SandboxControlClient;
import tools.jackson.core.JacksonException;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/** The sandbox and the daemon as processes. */
final class Servers {
    static final String SANDBOX = "sandbox";
    static final String DAEMON = "daemon";

    private final Workspace workspace;
    private final Children children;
    private final JavaCommand java = JavaCommand.ofThisProgram();
    private final Map<String, Process> processes = new LinkedHashMap<>();

    Servers(Workspace workspace, Children children) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.children = requireNonNull(children, "children is null");
    }

    /** The line that a sandbox says when it is ready. */
    record Ready(boolean ready, URI baseUrl, URI controlUrl, String stateDir) {
        Ready {
            requireNonNull(baseUrl, "baseUrl is null");
        }
    }

    /** Starts the sandbox and returns the API's address. */
    URI startSandbox() throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("sandbox", "--state-dir", workspace.sandboxState().toString()));
        arguments.addAll(ApiModel.sandboxOptions());
        Process process = start(SANDBOX, arguments);
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        if (line == null) {
            throw new DemoFailure("the sandbox did not start: "
                    + String.join("; ", workspace.logTail(SANDBOX, 3)));
        }
        try {
            return DemoJson.read(line, Ready.class).baseUrl();
        } catch (JacksonException e) {
            throw new IOException("the sandbox did not say where it listens", e);
        }
    }

    /** The sandbox' control API. The caller closes it. */
    SandboxControlClient sandboxControl() throws IOException {
        return SandboxControlClient.of(workspace.sandboxState());
    }

    /** Starts the daemon; it answers a little later. */
    void startDaemon(URI baseUrl) throws IOException {
        workspace.prepareDaemon(baseUrl);
        start(DAEMON, List.of("daemon", "--config", workspace.configuration().toString()));
    }

    /** Throws if one of them has ended. */
    void check() {
        processes.forEach((name, process) -> {
            if (!process.isAlive()) {
                throw new DemoFailure("the " + name + " ended by itself with exit code " + process.exitValue());
            }
        });
    }

    private Process start(String name, List<String> arguments) throws IOException {
        Process process = children.start(java.verb(arguments), workspace.log(name));
        processes.put(name, process);
        return process;
    }
}
