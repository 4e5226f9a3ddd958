package io.keywane.chaos;

import io.keywane.Rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The names of the managed keys, and the configuration of a daemon that watches over all of them. */
final class KeyFleet {
    private static final String ONE = "  search:\n";

    private KeyFleet() {}

    static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "key-" + i).toList();
    }

    /** Repeats what the rig says of its one key for each of these. */
    static void configure(Rig rig, List<String> names) throws IOException {
        Path file = rig.folder().resolve("keywane.yaml");
        String text = Files.readString(file);
        int from = text.indexOf(ONE);
        int to = text.indexOf("\nprobing:", from) + 1;
        String one = text.substring(from, to);
        String all = names.stream()
                .map(name -> one.replace("search:", name + ":").replace("file: search", "file: " + name))
                .collect(Collectors.joining());
        Files.writeString(file, text.substring(0, from) + all + text.substring(to));
    }
}
