package io.keywane.demo;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What a consumer is told on its command line: everything but the key, which it reads from the published file.
 *
 * @param name how it calls itself to the API
 * @param baseUrl the API
 * @param keyFile the published key
 * @param interval from one request to the next
 * @param reread how often it reads the key file again
 */
record ConsumerSettings(String name, URI baseUrl, Path keyFile, Duration interval, Duration reread) {
    private static final int COUNT = 5;

    ConsumerSettings {
        requireNonNull(name, "name is null");
        requireNonNull(baseUrl, "baseUrl is null");
        requireNonNull(keyFile, "keyFile is null");
        if (!interval.isPositive() || !reread.isPositive()) {
            throw new IllegalArgumentException("interval and reread must be above 0");
        }
    }

    List<String> toArguments() {
        return List.of(name, baseUrl.toString(), keyFile.toString(), interval.toString(), reread.toString());
    }

    static ConsumerSettings ofArguments(List<String> arguments) {
        if (arguments.size() != COUNT) {
            throw new IllegalArgumentException("a consumer is given NAME BASE-URL KEY-FILE INTERVAL REREAD");
        }
        return new ConsumerSettings(arguments.get(0), URI.create(arguments.get(1)), Path.of(arguments.get(2)),
                Duration.parse(arguments.get(3)), Duration.parse(arguments.get(4)));
    }
}
