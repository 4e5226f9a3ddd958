package io.keywane.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An answer before it is put on the wire; the date is added there. Its body is handed over, not copied: nobody
 * changes it.
 */
final class Answer {
    private final int status;
    private final String contentType;
    private final byte[] body;
    private final List<Header> headers;

    private Answer(int status, String contentType, byte[] body, List<Header> headers) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.headers = List.copyOf(headers);
    }

    static Answer json(int status, byte[] body, List<Header> headers) {
        return new Answer(status, "application/json", body, headers);
    }

    static Answer problem(int status, byte[] body, List<Header> headers) {
        return new Answer(status, "application/problem+json", body, headers);
    }

    static Answer html(String page) {
        return new Answer(200, "text/html;charset=utf-8", page.getBytes(StandardCharsets.UTF_8), List.of());
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    byte[] body() {
        return body;
    }

    List<Header> headers() {
        return headers;
    }

    /** One header field; a name may occur more than once. */
    record Header(String name, String value) {
        static Header of(String name, long value) {
            return new Header(name, Long.toString(value));
        }
    }
}
