package io.keywane.provider;

import java.util.List;
import java.util.Map;

/**
 * An answer whose end was seen, or as much of it as we read.
 *
 * @param status the HTTP status
 * @param headers names to values, as they came
 * @param start the first bytes of the body
 */
record Answer(int status, Map<String, List<String>> headers, BodyStart start) {
    Answer {
        headers = Map.copyOf(headers);
    }

    /** All values of a header, whatever the case of its name. */
    List<String> header(String name) {
        return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream()).toList();
    }
}
