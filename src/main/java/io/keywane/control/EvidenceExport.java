package io.keywane.control;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import static java.util.Objects.requireNonNull;

/**
 * One bundle of evidence with its file.
 *
 * @param gzip the file, compressed, in Base64
 */
public record EvidenceExport(EvidenceList.Bundle bundle, String gzip) implements ControlResult {
    public EvidenceExport {
        requireNonNull(bundle, "bundle is null");
        requireNonNull(gzip, "gzip is null");
    }

    /** A bundle with the bytes of its file. */
    public static EvidenceExport of(EvidenceList.Bundle bundle, byte[] file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
            packing.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new EvidenceExport(bundle, Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }

    /**
     * The bytes of the file.
     *
     * @throws ControlException if the answer is damaged
     */
    public byte[] file() {
        try (GZIPInputStream unpacking = new GZIPInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(gzip)))) {
            return unpacking.readAllBytes();
        } catch (IOException | IllegalArgumentException _) {
            throw new ControlException(ExitCode.FAILURE, "the daemon's answer is no bundle of evidence",
                    "use the keywane command that was installed with the daemon");
        }
    }
}
