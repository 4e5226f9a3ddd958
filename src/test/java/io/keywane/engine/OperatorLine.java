package io.keywane.engine;

import io.keywane.cli.CliContext;
import io.keywane.cli.KeywaneCommandLine;
import io.keywane.cli.Terminal;
import io.keywane.control.FakeDaemon;
import io.keywane.daemon.ControlDesk;
import io.keywane.key.KeyMaterial;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/** The real command line at a real socket, behind which an engine in virtual time answers. */
final class OperatorLine implements AutoCloseable {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final TestingWorld world;
    private final Path socket;
    private final FakeDaemon daemon;
    private ControlDesk desk;
    private Engine answering;

    /** What a command printed, and how it ended. */
    record Said(int exit, String out, String err) {}

    OperatorLine(TestingWorld world, Path socket) throws IOException {
        this.world = world;
        this.socket = socket;
        this.answering = world.engine;
        this.desk = new ControlDesk(world.engine, world.ports());
        this.daemon = new FakeDaemon(socket, incoming -> desk().answer(incoming));
    }

    /** One desk for each life of the daemon. */
    private ControlDesk desk() {
        if (answering != world.engine) {
            answering = world.engine;
            desk = new ControlDesk(world.engine, world.ports());
        }
        return desk;
    }

    /** Types a command, without {@code keywane}. */
    Said type(String command) {
        return type(command, "");
    }

    /** The same with a key at standard input. */
    Said type(String command, KeyMaterial key) {
        byte[] bytes = key.exposeBytes();
        return type(command + " --stdin", new String(bytes, US_ASCII));
    }

    private Said type(String command, String input) {
        List<String> words = new ArrayList<>();
        WORD.matcher(command).results().forEach(match -> words.add(match.group().replace("\"", "")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = KeywaneCommandLine.run(new CliContext(new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8), new ByteArrayInputStream(input.getBytes(US_ASCII)),
                Map.of("KEYWANE_SOCKET", socket.toString(), "NO_COLOR", "1"), Terminal.nobody(),
                InstantSource.fixed(world.clock.now().wall()), Duration.ofMillis(5)), Map.of(),
                words.toArray(String[]::new));
        return new Said(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    @Override
    public void close() throws IOException {
        daemon.close();
    }
}
