package io.keywane.control;

import io.keywane.key.InvalidKeyMaterialException;
import io.keywane.key.KeyMaterial;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * How requests and replies lie in the byte stream: one request and one reply for each connection.
 *
 * <p>A request is one line of JSON of at most {@link #MAX_REQUEST_LINE} bytes, then exactly {@code secret_bytes} raw
 * bytes, so that no key value is ever part of a JSON string; a reply is one line of JSON. Errors tell the broken rule and
 * repeat nothing of what came.
 */
public final class Frames {
    /** Longest request line, in bytes. */
    public static final int MAX_REQUEST_LINE = 65_536;
    /** Most bytes of key value after it. */
    public static final int MAX_SECRET = 4_096;
    /** Longest reply line, in bytes. */
    public static final int MAX_REPLY_LINE = 32 * 1_024 * 1_024;

    private Frames() {}

    /** Writes a request, and the key value if there is one. */
    public static void writeRequest(OutputStream output, ControlRequest request, Optional<KeyMaterial> secret)
            throws IOException {
        byte[] value = secret.map(KeyMaterial::exposeBytes).orElseGet(() -> new byte[0]);
        try {
            output.write(line(RequestJson.write(request, value.length)));
            output.write(value);
            output.flush();
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    /**
     * Reads one request.
     *
     * @throws ControlException if it breaks a rule of the protocol; to be sent back
     * @throws IOException if the connection fails or times out
     */
    public static IncomingRequest readRequest(InputStream input) throws IOException {
        try (FrameReader reader = new FrameReader(input)) {
            ObjectNode header = parse(reader.readLine(MAX_REQUEST_LINE));
            int secretBytes = RequestJson.secretBytes(header);
            ControlRequest request = RequestJson.read(header);
            return new IncomingRequest(request, secret(reader, secretBytes));
        } catch (EOFException _) {
            throw malformed("it ended early");
        } catch (FrameReader.LineTooLongException _) {
            throw malformed("its line is longer than " + MAX_REQUEST_LINE + " bytes");
        }
    }

    /** Writes a reply. */
    public static void writeReply(OutputStream output, ControlReply reply) throws IOException {
        output.write(line(ReplyJson.write(reply)));
        output.flush();
    }

    /**
     * Reads one reply.
     *
     * @throws ControlException if it is none of ours
     * @throws IOException if the connection ends before it is complete, fails or times out
     */
    public static ControlReply readReply(InputStream input) throws IOException {
        try (FrameReader reader = new FrameReader(input)) {
            return ReplyJson.read(parseReply(reader.readLine(MAX_REPLY_LINE)));
        } catch (FrameReader.LineTooLongException _) {
            throw ReplyJson.notOurs();
        }
    }

    private static Optional<KeyMaterial> secret(FrameReader reader, int count) throws IOException {
        if (count == 0) {
            return Optional.empty();
        }
        byte[] value = reader.readExactly(count);
        try {
            return Optional.of(KeyMaterial.copyOf(value));
        } catch (InvalidKeyMaterialException e) {
            throw new ControlException(ExitCode.USAGE, e.fault().message(), "");
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    private static ObjectNode parse(byte[] line) {
        return object(line).orElseThrow(() -> malformed("its line is no JSON object"));
    }

    private static ObjectNode parseReply(byte[] line) {
        return object(line).orElseThrow(ReplyJson::notOurs);
    }

    private static Optional<ObjectNode> object(byte[] line) {
        try {
            JsonNode json = WireJson.mapper().readTree(line);
            return json instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private static byte[] line(JsonNode json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(WireJson.line(json).getBytes(StandardCharsets.UTF_8));
        bytes.write('\n');
        return bytes.toByteArray();
    }

    static ControlException malformed(String why) {
        return new ControlException(ExitCode.USAGE, "malformed request: " + why, "");
    }
}
