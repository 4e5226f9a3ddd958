package io.keywane.store;

import io.keywane.engine.KeySource.Answer;
import io.keywane.key.InvalidKeyMaterialException;
import io.keywane.key.KeyMaterial;

import java.util.Arrays;

/** A key as it stands in a file or comes from a command: one trailing line break is no part of it. */
final class KeyText {
    /** As many bytes are read at most: one more than a key and a line break have. */
    static final int MOST = KeyMaterial.MAX_LENGTH + 3;

    private KeyText() {}

    /** The key, or what is wrong with it. The caller wipes the bytes. */
    static Answer answer(byte[] bytes) {
        byte[] line = withoutLineBreak(bytes);
        try {
            return new Answer.Found(KeyMaterial.copyOf(line));
        } catch (InvalidKeyMaterialException e) {
            return new Answer.Unusable(e.fault());
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    private static byte[] withoutLineBreak(byte[] bytes) {
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\n') {
            length--;
            if (length > 0 && bytes[length - 1] == '\r') {
                length--;
            }
        }
        return Arrays.copyOf(bytes, length);
    }
}
