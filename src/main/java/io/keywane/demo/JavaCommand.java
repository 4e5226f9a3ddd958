package io.keywane.demo;

import java.util.ArrayList;
import java.util.List;

/** Command lines of further processes of this program. */
final class JavaCommand {
    private static final String MAIN = "io.keywane.Main";
    /** As the launcher: memory holds keys, so it is dumped nowhere. */
    private static final List<String> SAFETY = List.of("-XX:-HeapDumpOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash", "-XX:+DisableAttachMechanism", "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED");
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m");

    private final String java;
    private final String classPath;

    JavaCommand(String java, String classPath) {
        this.java = java;
        this.classPath = classPath;
    }

    /** With the Java runtime and the classes that run now. */
    static JavaCommand ofThisProgram() {
        String java = ProcessHandle.current().info().command()
                .orElseGet(() -> System.getProperty("java.home") + "/bin/java");
        return new JavaCommand(java, System.getProperty("java.class.path"));
    }

    /** A verb of keywane. The process ends when its standard input does, so that it cannot outlive this one. */
    List<String> verb(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(Leash.class.getName(), MAIN));
        all.addAll(arguments);
        return java(List.of(), all);
    }

    /** A consumer. */
    List<String> consumer(ConsumerSettings settings) {
        List<String> all = new ArrayList<>(List.of(Consumer.class.getName()));
        all.addAll(settings.toArguments());
        return java(SMALL, all);
    }

    private List<String> java(List<String> options, List<String> mainAndArguments) {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(SAFETY);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath));
        command.addAll(mainAndArguments);
        return List.copyOf(command);
    }
}
