package io.keywane.evidence;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The file of a bundle: JSON Lines, each with a {@code type}; first the claim, last the SHA-256 of all bytes before that
 * last line. Readable by people and by any tool.
 */
public final class EvidenceFile {
    /** The version of the file's format. */
    public static final int FORMAT = 1;

    private static final String TYPE = "type";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS).disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private EvidenceFile() {}

    /** A bundle as bytes. */
    public static byte[] write(EvidenceBundle bundle) {
        StringBuilder text = new StringBuilder();
        line(text, "claim", bundle.claim());
        bundle.groups().forEach(group -> line(text, "group", group));
        bundle.loads().forEach(load -> line(text, "load", load));
        bundle.requests().forEach(request -> line(text, "request", request));
        bundle.samples().forEach(sample -> line(text, "sample", sample));
        bundle.wallet().forEach(balance -> line(text, "balance", balance));
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        ObjectNode end = MAPPER.createObjectNode().put(TYPE, "end").put("format", FORMAT).put("sha256", sha256(body));
        return (text + MAPPER.writeValueAsString(end) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The SHA-256 of a whole file, as the audit keeps it and {@code sha256sum} shows it. */
    public static String digest(byte[] file) {
        return sha256(file);
    }

    /**
     * Reads a bundle.
     *
     * @throws EvidenceException if a byte was changed, a line is missing, or it is no such file
     */
    public static EvidenceBundle read(byte[] file) throws EvidenceException {
        ObjectNode end = end(file);
        if (end.path("format").asInt(0) != FORMAT) {
            throw new EvidenceException("its last line names format " + end.path("format") + ", this command reads "
                    + FORMAT + ": use the keywane command of the daemon that made it");
        }
        byte[] body = Arrays.copyOf(file, startOfLastLine(file));
        if (!sha256(body).equals(end.path("sha256").asString(""))) {
            throw new EvidenceException("its content does not have the digest of its last line: it was changed");
        }
        return bundle(decode(body).lines().toList());
    }

    private static EvidenceBundle bundle(List<String> lines) throws EvidenceException {
        List<EvidenceBundle.Claim> claims = new ArrayList<>();
        List<EvidenceBundle.Group> groups = new ArrayList<>();
        List<EvidenceBundle.Load> loads = new ArrayList<>();
        List<EvidenceBundle.Request> requests = new ArrayList<>();
        List<EvidenceBundle.Sample> samples = new ArrayList<>();
        List<EvidenceBundle.Balance> wallet = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            ObjectNode line = object(lines.get(i), i + 1);
            String type = line.path(TYPE).asString("");
            line.remove(TYPE);
            switch (type) {
                case "claim" -> claims.add(as(line, EvidenceBundle.Claim.class, i + 1));
                case "group" -> groups.add(as(line, EvidenceBundle.Group.class, i + 1));
                case "load" -> loads.add(as(line, EvidenceBundle.Load.class, i + 1));
                case "request" -> requests.add(as(line, EvidenceBundle.Request.class, i + 1));
                case "sample" -> samples.add(as(line, EvidenceBundle.Sample.class, i + 1));
                case "balance" -> wallet.add(as(line, EvidenceBundle.Balance.class, i + 1));
                default -> throw new EvidenceException("line " + (i + 1) + " has the unknown type \"" + type + "\"");
            }
        }
        if (claims.size() != 1) {
            throw new EvidenceException("it makes " + claims.size() + " claims instead of one");
        }
        return new EvidenceBundle(claims.getFirst(), groups, loads, requests, samples, wallet);
    }

    private static void line(StringBuilder text, String type, Object content) {
        ObjectNode line = MAPPER.createObjectNode().put(TYPE, type);
        line.setAll((ObjectNode) MAPPER.valueToTree(content));
        text.append(MAPPER.writeValueAsString(line)).append('\n');
    }

    private static ObjectNode end(byte[] file) throws EvidenceException {
        if (file.length == 0 || file[file.length - 1] != '\n') {
            throw new EvidenceException("it does not end with a whole line: it was cut short");
        }
        int start = startOfLastLine(file);
        String text = decode(Arrays.copyOfRange(file, start, file.length)).strip();
        ObjectNode end = object(text, -1);
        if (!end.path(TYPE).asString("").equals("end")) {
            throw new EvidenceException("its last line is not the end of a bundle: it was cut short");
        }
        return end;
    }

    private static int startOfLastLine(byte[] file) {
        int at = file.length - 1;
        while (at > 0 && file[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    private static ObjectNode object(String line, int number) throws EvidenceException {
        try {
            if (MAPPER.readTree(line) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException _) {
            // Told below: the parser's words would quote the line.
        }
        throw new EvidenceException((number < 0 ? "its last line" : "line " + number) + " is no JSON object");
    }

    private static <T> T as(ObjectNode line, Class<T> type, int number) throws EvidenceException {
        try {
            return MAPPER.treeToValue(line, type);
        } catch (JacksonException e) {
            throw new EvidenceException("line " + number + " does not fit: " + e.getOriginalMessage());
        }
    }

    private static String decode(byte[] bytes) throws EvidenceException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw new EvidenceException("it is no UTF-8 text");
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
