package io.keywane.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes to be hashed or authenticated: each field with its length before it, so that no two field lists look alike. */
final class Canonical {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @CanIgnoreReturnValue
    Canonical text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    @CanIgnoreReturnValue
    Canonical text(Optional<String> value) {
        number(value.isPresent() ? 1 : 0);
        value.ifPresent(this::text);
        return this;
    }

    @CanIgnoreReturnValue
    Canonical number(long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
