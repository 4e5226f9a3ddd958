package io.keywane.config;

import io.keywane.engine.Settings.ServiceSettings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static java.util.stream.Collectors.toMap;

/** Reads {@code service}. */
final class ServiceReader {
    private static final Map<String, String> FORMATS = words("text", "json");
    private static final Map<String, String> LEVELS = words("error", "warn", "info", "debug");

    private ServiceReader() {}

    static Field<ServiceSettings> read(YamlSection section) {
        Field<HttpAddress> http = section.text("http", HttpAddress::parse).or(HttpAddress.DEFAULT);
        Field<Path> socket = section.path("socket").or(Path.of("/run/keywane/control.sock"));
        Field<List<String>> readers = section.texts("readers", Groups::check).or(List.of());
        Field<List<String>> operators = section.texts("operators", Groups::check).or(List.of("keywane"));
        YamlSection log = section.section("log");
        Field<String> format = log.choice("format", FORMATS).or("text");
        Field<String> level = log.choice("level", LEVELS).or("info");
        Field<String> formatRead = log.build(format::get);
        return section.build(() -> new ServiceSettings(http.get().host(), http.get().port(), socket.get(),
                readers.get(), operators.get(), formatRead.get(), level.get()));
    }

    private static Map<String, String> words(String... words) {
        return Stream.of(words).collect(toMap(word -> word, word -> word));
    }

    /** Where metrics are served, as {@code HOST:PORT}; an IPv6 address stands in brackets. */
    private record HttpAddress(String host, int port) {
        static final HttpAddress DEFAULT = new HttpAddress("127.0.0.1", 9_847);

        static HttpAddress parse(String text) {
            int colon = text.lastIndexOf(':');
            String host = colon < 0 ? "" : text.substring(0, colon);
            String port = text.substring(colon + 1);
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            if (!port.matches("[0-9]{1,5}") || !(bracketed || host.matches("[A-Za-z0-9.-]+"))) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no address; write it as 127.0.0.1:9847 or [::1]:9847");
            }
            int number = Integer.parseInt(port);
            if (number > 65_535) {
                throw new IllegalArgumentException("port must be from 0 to 65535, is " + number);
            }
            return new HttpAddress(bracketed ? host.substring(1, host.length() - 1) : host, number);
        }
    }
}
