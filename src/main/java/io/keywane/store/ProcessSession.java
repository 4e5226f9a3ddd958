package io.keywane.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes of one session: all that a program started and that did not leave it on purpose, also without a parent. */
final class ProcessSession {
    private static final Path PROCESSES = Path.of("/proc");
    /** The session's place among the fields after the program's name, which stands in brackets. */
    private static final int SESSION = 3;
    /** What is killed cannot start more, but what started meanwhile has to be looked for again. */
    private static final int ROUNDS = 5;

    private ProcessSession() {}

    /** Kills the members of a session. */
    static void end(long session) {
        for (int i = 0; i < ROUNDS; i++) {
            List<ProcessHandle> members = members(session);
            if (members.isEmpty()) {
                return;
            }
            members.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static List<ProcessHandle> members(long session) {
        List<ProcessHandle> members = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                if (isMember(process, session)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(members::add);
                }
            }
        } catch (IOException | NumberFormatException _) {
            return List.of();
        }
        return members;
    }

    private static boolean isMember(Path process, long session) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            boolean isDead = fields[0].equals("Z");
            return !isDead && fields[SESSION].equals(Long.toString(session));
        } catch (IOException | IndexOutOfBoundsException _) {
            return false; // it ended meanwhile
        }
    }
}
