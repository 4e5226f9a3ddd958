package io.keywane.control;

import io.keywane.key.KeyMaterial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class FramesTest {
    private static final String CANARY = "jbe_live_CanaryCanaryCanary012_CanaryCanaryCanaryCanaryCanaryCanary0123456";

    @Test
    void request_withSecret_arrivesAsSent() throws IOException {
        ControlRequest request = ControlRequest.of(Verb.ROTATION_SUPPLY, "search-production")
                .with(Argument.DASHBOARD_NAME, "search \"2026\" Größe").withReason("yearly").withRequestId("req-1");
        KeyMaterial secret = KeyMaterial.copyOf(CANARY.getBytes(UTF_8));
        byte[] bytes = written(request, Optional.of(secret));

        assertThat(Frames.readRequest(new ByteArrayInputStream(bytes)))
                .isEqualTo(new IncomingRequest(request, Optional.of(secret)));
        assertThat(Frames.readRequest(trickle(bytes))).isEqualTo(new IncomingRequest(request, Optional.of(secret)));
    }

    @Test
    void request_withSecret_keepsItOutOfTheJson() throws IOException {
        byte[] bytes = written(ControlRequest.of(Verb.KEYS_IMPORT, "a"),
                Optional.of(KeyMaterial.copyOf(CANARY.getBytes(UTF_8))));

        String[] parts = new String(bytes, UTF_8).split("\n", -1);
        assertThat(parts).hasSize(2);
        assertThat(parts[0]).isEqualTo(
                "{\"v\":1,\"verb\":\"keys.import\",\"arguments\":{\"key\":\"a\"},\"secret_bytes\":" + CANARY.length()
                        + "}");
        assertThat(parts[1]).isEqualTo(CANARY);
    }

    @Test
    void request_scalarArguments_areTakenAsText() throws IOException {
        IncomingRequest incoming = read(
                "{\"v\":1,\"verb\":\"rotation.start\",\"arguments\":{\"key\":\"a\",\"emergency\":true}}\n");

        assertThat(incoming.request().flag(Argument.EMERGENCY)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "``|it ended early", "{\"v\":1|it ended early", "`hello\n`|its line is no JSON object",
        "`[1]\n`|its line is no JSON object", "`{\"v\":1,\"v\":1}\n`|its line is no JSON object",
        "`{\"v\":1}{}\n`|its line is no JSON object", "`{\"v\":2,\"verb\":\"doctor\"}\n`|v must be 1",
        "`{\"v\":1,\"verb\":\"keys.delete\"}\n`|verb is missing or unknown",
        "`{\"v\":1,\"verb\":7}\n`|verb must be a string",
        "`{\"v\":1,\"verb\":\"doctor\",\"arguments\":[]}\n`|arguments must be an object",
        "`{\"v\":1,\"verb\":\"doctor\",\"arguments\":{\"key\":\"a\"}}\n`|doctor has an argument that it does not take",
        "`{\"v\":1,\"verb\":\"keys.show\",\"arguments\":{\"key\":{}}}\n`|argument key must be a string, number or boolean",
        "`{\"v\":1,\"verb\":\"doctor\",\"secret_bytes\":4097}\n`|secret_bytes must be a number from 0 to 4096",
        "`{\"v\":1,\"verb\":\"doctor\",\"secret_bytes\":-1}\n`|secret_bytes must be a number from 0 to 4096",
        "`{\"v\":1,\"verb\":\"doctor\",\"colour\":1}\n`|it has a field other than v, verb, arguments, reason, request_id, secret_bytes",
        "`{\"v\":1,\"verb\":\"keys.import\",\"arguments\":{\"key\":\"a\"},\"secret_bytes\":9}\nshort`|it ended early"})
    void request_malformed_isRefusedWithTheRule(String bytes, String rule) {
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(ControlException.class)
                .hasMessage("malformed request: " + rule)
                .satisfies(e -> assertThat(((ControlException) e).exit()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void request_lineOverTheLimit_isRefusedWithoutReadingOn() {
        InputStream endless = new InputStream() {
            private long count;

            @Override
            public int read() {
                throw new AssertionError("read one by one");
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                count += length;
                assertThat(count).isLessThan(100_000);
                Arrays.fill(into, offset, offset + length, (byte) 'x');
                return length;
            }
        };

        assertThatThrownBy(() -> Frames.readRequest(endless))
                .hasMessage("malformed request: its line is longer than 65536 bytes");
    }

    @Test
    void request_lineAtTheLimit_isRead() throws IOException {
        String line = "{\"v\":1,\"verb\":\"doctor\"}";
        String padded = line + " ".repeat(Frames.MAX_REQUEST_LINE - line.length());

        assertThat(read(padded + "\n").request().verb()).isEqualTo(Verb.DOCTOR);
        assertThatThrownBy(() -> read(padded + " \n")).isInstanceOf(ControlException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {CANARY + "\n", "{\"" + CANARY + "\":1}\n", "{\"v\":1,\"verb\":\"" + CANARY + "\"}\n", //
        "{\"v\":1,\"verb\":\"keys.show\",\"arguments\":{\"" + CANARY + "\":1}}\n",
        "{\"v\":1,\"verb\":\"keys.show\",\"arguments\":{\"key\":\"" + CANARY + "\"}}\n"})
    void request_keyValueWhereNoneBelongs_isNotRepeated(String bytes) {
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(ControlException.class).hasMessageNotContaining("Canary")
                .hasNoCause();
    }

    @Test
    void request_secretThatIsNoKey_namesTheRuleOnly() {
        assertThatThrownBy(() -> read(
                "{\"v\":1,\"verb\":\"keys.import\",\"arguments\":{\"key\":\"a\"},\"secret_bytes\":9}\nCana ryyy"))
                .hasMessage("the key contains white space; check for a stray line break or a blank pasted with it")
                .hasNoCause();
    }

    @Test
    void request_secretMissingOrUnasked_isRefused() {
        assertThatThrownBy(() -> read("{\"v\":1,\"verb\":\"keys.import\",\"arguments\":{\"key\":\"a\"}}\n"))
                .hasMessage("keys.import needs a key value, and none came with it");
        assertThatThrownBy(() -> read("{\"v\":1,\"verb\":\"doctor\",\"secret_bytes\":3}\nabc"))
                .hasMessage("doctor takes no key value");
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void reply_withResult_arrivesAsSent(Verb verb) throws IOException {
        ControlReply reply = ControlReply.done(CannedResults.of(verb));

        ControlReply read = Frames.readReply(new ByteArrayInputStream(written(reply)));

        assertThat(read.exit()).isEqualTo(ExitCode.DONE);
        assertThat(read.resultAs(verb.resultType())).isEqualTo(CannedResults.of(verb));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "has a hint"})
    void reply_withError_arrivesAsSent(String hint) throws IOException {
        ControlReply reply = ControlReply.failed(ExitCode.CONFLICT, "a rotation is open", hint);

        ControlReply read = Frames.readReply(new ByteArrayInputStream(written(reply)));

        assertThat(read).isEqualTo(reply);
        assertThatThrownBy(() -> read.resultAs(KeyList.class)).hasMessage("a rotation is open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request\n", "{}\n", "{\"v\":1,\"exit\":0}\n",
        "{\"v\":1,\"exit\":0,\"error\":{}}\n", "{\"v\":1,\"exit\":77,\"error\":{}}\n"})
    void reply_ofAnotherProtocol_isSaidSo(String bytes) {
        assertThatThrownBy(() -> Frames.readReply(new ByteArrayInputStream(bytes.getBytes(UTF_8))))
                .isInstanceOf(ControlException.class)
                .hasMessage("what answered at the socket does not speak Keywane's protocol");
    }

    @Test
    void reply_truncated_isAnIoFailure() {
        assertThatThrownBy(() -> Frames.readReply(new ByteArrayInputStream("{\"v\":1,".getBytes(UTF_8))))
                .isInstanceOf(EOFException.class);
    }

    private static IncomingRequest read(String bytes) throws IOException {
        return Frames.readRequest(new ByteArrayInputStream(bytes.getBytes(UTF_8)));
    }

    private static byte[] written(ControlRequest request, Optional<KeyMaterial> secret) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Frames.writeRequest(bytes, request, secret);
        return bytes.toByteArray();
    }

    private static byte[] written(ControlReply reply) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Frames.writeReply(bytes, reply);
        return bytes.toByteArray();
    }

    /** One byte at a time, as a slow peer sends. */
    private static InputStream trickle(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(1, length));
            }
        };
    }
}
