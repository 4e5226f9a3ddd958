package io.keywane.store;

import io.keywane.engine.PersistenceException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs that tests start as processes of their own, with the class path of the tests. */
final class LockingProcess {
    private LockingProcess() {}

    /** Takes the lock and holds it until it is killed, or says why not. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            StateLock lock = StateLock.acquire(Path.of(arguments[0]));
            say("locked");
            Thread.sleep(60_000);
            lock.close();
        } catch (PersistenceException e) {
            say(String.valueOf(e.getMessage()));
        }
    }

    static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    static Process start(Class<?> program, Path argument) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                program.getName(), argument.toString()));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
