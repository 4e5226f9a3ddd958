package io.keywane.daemon;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An output that stays open: the standard error is not the log's to close. */
final class OpenOutput extends FilterOutputStream {
    OpenOutput(OutputStream output) {
        super(output);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
