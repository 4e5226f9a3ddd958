package io.keywane.store;

import io.keywane.engine.Randomness;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals a stream of any length with AES-256-GCM in pieces, under a key of its own for each file. A piece that was changed,
 * left out, put elsewhere or is missing at the end does not open (the STREAM construction: the nonce is the piece's number
 * and whether it is the last).
 */
final class BackupSeal {
    private static final String FORMAT = "keywane-backup 1";
    private static final int PIECE = 1 << 16;
    private static final int TAG_BITS = 128;
    private static final int TAG = TAG_BITS / 8;
    private static final int NONCE = 12;
    private static final int SALT = 32;
    private static final int HEADER = 256;

    private BackupSeal() {}

    /** What is written comes out sealed; it is whole only after {@code close}, which leaves {@code sink} open. */
    static OutputStream seal(OutputStream sink, KeyEncryptionKey key, Randomness randomness) throws IOException {
        String salt = HexFormat.of().formatHex(randomness.bytes(SALT));
        byte[] header = (FORMAT + " " + identity(key) + " " + salt + "\n").getBytes(StandardCharsets.US_ASCII);
        sink.write(header);
        return new Sealing(sink, new Pieces(key, salt, header));
    }

    /**
     * Opens what was sealed.
     *
     * @throws StoreException if it is no backup, was sealed under another key, or is damaged; also from reading
     */
    static InputStream open(InputStream source, KeyEncryptionKey key, Path file) throws IOException {
        byte[] header = header(source, file);
        String[] words = new String(header, StandardCharsets.US_ASCII).strip().split(" ", -1);
        if (words.length != 4 || !(words[0] + " " + words[1]).equals(FORMAT)) {
            throw damaged(file, "is no backup that this keywane can read", "name a file of `keywane backup create`");
        }
        if (!words[2].equals(identity(key))) {
            throw damaged(file,
                    "was made under another key-encryption key (" + words[2] + ", not " + identity(key) + ")",
                    "give the key of that time with --key-encryption-key");
        }
        return new Opening(new DataInputStream(source), new Pieces(key, words[3], header), file);
    }

    private static byte[] header(InputStream source, Path file) throws IOException {
        byte[] header = new byte[HEADER];
        for (int i = 0; i < HEADER; i++) {
            int next = source.read();
            if (next < 0) {
                break;
            }
            header[i] = (byte) next;
            if (next == '\n') {
                return Arrays.copyOf(header, i + 1);
            }
        }
        throw damaged(file, "is no backup", "name a file of `keywane backup create`");
    }

    private static String identity(KeyEncryptionKey key) {
        return HexFormat.of().formatHex(key.derive("backup identity")).substring(0, 16);
    }

    private static StoreException damaged(Path file, String what, String wayOut) {
        return new StoreException(StoreFailure.Kind.DAMAGED, file + " " + what + ": " + wayOut);
    }

    /** The pieces of one file, in their order. */
    private static final class Pieces {
        private final byte[] key;
        private final byte[] header;
        private int number;

        Pieces(KeyEncryptionKey key, String salt, byte[] header) {
            this.key = key.derive("backup " + salt);
            this.header = header;
        }

        byte[] next(int mode, byte[] content, int length, boolean last) throws GeneralSecurityException {
            byte[] nonce = ByteBuffer.allocate(NONCE).put(last ? (byte) 1 : 0).putInt(number).array();
            number = Math.addExact(number, 1);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(header);
            return cipher.doFinal(content, 0, length);
        }

        void wipe() {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static final class Sealing extends OutputStream {
        private final OutputStream sink;
        private final Pieces pieces;
        private final byte[] piece = new byte[PIECE];
        private int length;
        private boolean closed;

        Sealing(OutputStream sink, Pieces pieces) {
            this.sink = sink;
            this.pieces = pieces;
        }

        @Override
        public void write(int next) throws IOException {
            write(new byte[]{(byte) next}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            int done = 0;
            while (done < count) {
                if (length == PIECE) {
                    put(false);
                }
                int some = Math.min(count - done, PIECE - length);
                System.arraycopy(bytes, offset + done, piece, length, some);
                length += some;
                done += some;
            }
        }

        private void put(boolean last) throws IOException {
            try {
                byte[] sealed = pieces.next(Cipher.ENCRYPT_MODE, piece, length, last);
                sink.write(ByteBuffer.allocate(Integer.BYTES).putInt(last ? -sealed.length : sealed.length).array());
                sink.write(sealed);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java runtime cannot encrypt with AES-256-GCM", e);
            }
            length = 0;
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                put(true);
                sink.flush();
                pieces.wipe();
                Arrays.fill(piece, (byte) 0);
            }
        }
    }

    private static final class Opening extends InputStream {
        private final DataInputStream source;
        private final Pieces pieces;
        private final Path file;
        private @Nullable ByteArrayInputStream piece;
        private boolean ended;

        Opening(DataInputStream source, Pieces pieces, Path file) {
            this.source = source;
            this.pieces = pieces;
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            while (true) {
                int some = piece == null ? -1 : piece.read(into, offset, count);
                if (some >= 0) {
                    return some;
                }
                if (ended) {
                    return -1;
                }
                piece = new ByteArrayInputStream(next());
            }
        }

        private byte[] next() throws IOException {
            try {
                int told = source.readInt();
                int size = Math.abs(told);
                if (size < TAG || size > PIECE + TAG) {
                    throw changed();
                }
                byte[] sealed = new byte[size];
                source.readFully(sealed);
                ended = told < 0;
                byte[] opened = pieces.next(Cipher.DECRYPT_MODE, sealed, size, ended);
                if (ended && source.read() >= 0) {
                    throw changed();
                }
                return opened;
            } catch (EOFException _) {
                throw damaged(file, "is cut off", "take another backup");
            } catch (AEADBadTagException _) {
                throw changed();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java runtime cannot decrypt with AES-256-GCM", e);
            }
        }

        private StoreException changed() {
            return damaged(file, "was changed or is damaged", "take another backup");
        }

        @Override
        public void close() throws IOException {
            pieces.wipe();
            source.close();
        }
    }
}
