package io.keywane.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An answer before it is put on the wire; the date is added there unless it is an old one. Its body is handed over, not copied: nobody
 * changes it.
 */
final class Answer {
    private final int status;
    private final String contentType;
    private final byte[] body;
    private final List<Header> headers;
    private final Optional<Instant> oldDate;

    private Answer(int status, String contentType, byte[] body, List<Header> headers, Optional<Instant> oldDate) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.headers = List.copyOf(headers);
        this.oldDate = oldDate;
    }

    static Answer json(int status, byte[] body, List<Header> headers) {
        return new Answer(status, "application/json", body, headers, Optional.empty());
    }

    static Answer problem(int status, byte[] body, List<Header> headers) {
        return new Answer(status, "application/problem+json", body, headers, Optional.empty());
    }

    static Answer html(String page) {
        return new Answer(200, "text/html;charset=utf-8", page.getBytes(StandardCharsets.UTF_8), List.of(),
                Optional.empty());
    }

    /** The same again, later: with the Date of then, and more headers. */
    Answer repeated(Instant date, List<Header> more) {
        List<Header> all = new ArrayList<>(headers);
        all.addAll(more);
        return new Answer(status, contentType, body, all, Optional.of(date));
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

    /** The Date to send; none for that of now. */
    Optional<Instant> oldDate() {
        return oldDate;
    }

    /** One header field; a name may occur more than once. */
    record Header(String name, String value) {
        static Header of(String name, long value) {
            return new Header(name, Long.toString(value));
        }
    }
}
