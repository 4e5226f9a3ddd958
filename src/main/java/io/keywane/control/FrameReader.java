package io.keywane.control;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads one line, then so many bytes, from a stream, and never more than the limits say. What was read ahead may be part
 * of a key: {@link #close()} wipes it.
 */
final class FrameReader implements AutoCloseable {
    private final InputStream input;
    private final byte[] ahead = new byte[8_192];
    private int from;
    private int to;

    FrameReader(InputStream input) {
        this.input = input;
    }

    /**
     * The bytes before the next line feed.
     *
     * @throws EOFException if the stream ends before it
     * @throws LineTooLongException if it does not come within {@code limit} bytes
     */
    byte[] readLine(int limit) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            fill();
            int end = from;
            while (end < to && ahead[end] != '\n') {
                end++;
            }
            if (line.size() + end - from > limit) {
                throw new LineTooLongException();
            }
            line.write(ahead, from, end - from);
            if (end < to) {
                from = end + 1;
                return line.toByteArray();
            }
            from = end;
        }
    }

    /** Exactly so many bytes; the caller wipes them. */
    byte[] readExactly(int count) throws IOException {
        byte[] bytes = new byte[count];
        int done = 0;
        try {
            while (done < count) {
                fill();
                int some = Math.min(count - done, to - from);
                System.arraycopy(ahead, from, bytes, done, some);
                from += some;
                done += some;
            }
            return bytes;
        } finally {
            if (done < count) {
                Arrays.fill(bytes, (byte) 0);
            }
        }
    }

    @Override
    public void close() {
        Arrays.fill(ahead, (byte) 0);
    }

    private void fill() throws IOException {
        if (from < to) {
            return;
        }
        from = 0;
        to = Math.max(0, input.read(ahead));
        if (to == 0) {
            throw new EOFException("the stream ended early");
        }
    }

    /** A line that is longer than its limit. */
    static final class LineTooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
