package io.keywane.daemon;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static io.keywane.daemon.LiveKeyMask.MASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

class LiveKeyMaskTest {
    private static final String FAMILIAR = "jbe_live_Canary0123456789abcde_Zyxwvutsrqponmlkjihgfedcba9876543210QQWWEER";
    private static final String ODD = "p@ss/w\"rd+c\\anary=%7&end~of*key";

    private final LiveKeyMask mask = new LiveKeyMask();

    @Test
    void mask_unregisteredValueOfTheShape_isMasked() {
        assertThat(mask.mask("got " + FAMILIAR + ", twice")).isEqualTo("got " + MASK + ", twice");
        assertThat(mask.mask("cut off: " + FAMILIAR.substring(0, 30))).isEqualTo("cut off: " + MASK);
        assertThat(mask.mask("base64: " + base64(FAMILIAR) + ".")).isEqualTo("base64: " + MASK + ".");
        assertThat(mask.mask("hex: " + hex(FAMILIAR) + ".")).isEqualTo("hex: " + MASK + ".");
    }

    @Test
    void mask_publicPrefixAndOrdinaryText_pass() {
        String text = "key search-production (jbe_live_Can) of acme: 3f2a77c0-1111-4222-8333-444455556666 at /var/lib";
        mask.register(Fixtures.material(FAMILIAR));
        assertThat(mask.mask(text)).isSameAs(text);
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void mask_registeredValueInAnyForm_leavesNoRunOfEight(UnaryOperator<String> encoding) {
        mask.register(Fixtures.material(FAMILIAR));
        mask.register(Fixtures.material(ODD));
        for (String before : List.of("", "u:", "us:", "user:")) {
            for (String after : List.of("", "; and more")) {
                assertNoRunIsLeft(encoding, before + FAMILIAR.substring(0, 12), FAMILIAR.substring(12), after);
                assertNoRunIsLeft(encoding, before, ODD, after);
            }
        }
    }

    private static Stream<Named<UnaryOperator<String>>> encodings() {
        return Stream.of(named("plain", text -> text),
                named("form-encoded", text -> URLEncoder.encode(text, StandardCharsets.UTF_8)),
                named("form-encoded, lower case",
                        text -> lowerEscapes(URLEncoder.encode(text, StandardCharsets.UTF_8))),
                named("RFC 3986", text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20")
                        .replace("*", "%2A").replace("%7E", "~")),
                named("JSON", text -> text.replace("\\", "\\\\").replace("\"", "\\\"")),
                named("JSON, all escapes",
                        text -> text.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/")),
                named("base64", LiveKeyMaskTest::base64),
                named("base64url", text -> Base64.getUrlEncoder().withoutPadding()
                        .encodeToString(text.getBytes(StandardCharsets.US_ASCII))),
                named("hex", LiveKeyMaskTest::hex), named("HEX", text -> hex(text).toUpperCase(Locale.ROOT)));
    }

    // What is the same after all but the secret was changed stems from the secret alone.
    private void assertNoRunIsLeft(UnaryOperator<String> encoding, String before, String secret, String after) {
        String real = encoding.apply(before + secret + after);
        String other = encoding.apply(changed(before) + secret + changed(after));
        String masked = mask.mask(real);
        int runs = 0;
        for (int i = 0; i + LiveKeyMask.RUN <= Math.min(real.length(), other.length()); i++) {
            String run = real.substring(i, i + LiveKeyMask.RUN);
            if (run.equals(other.substring(i, i + LiveKeyMask.RUN))) {
                runs++;
                assertThat(masked).doesNotContain(run);
            }
        }
        assertThat(runs).isGreaterThan(15);
    }

    private static String changed(String text) {
        return text.replaceAll("[a-z]", "Q");
    }

    private static String lowerEscapes(String text) {
        return Pattern.compile("%..").matcher(text).replaceAll(match -> match.group().toLowerCase(Locale.ROOT));
    }

    @Test
    void mask_fragmentOfRegisteredValue_isMaskedFromEightCharactersOn() {
        mask.register(Fixtures.material(FAMILIAR));
        assertThat(mask.mask("part " + FAMILIAR.substring(20, 28) + "!")).isEqualTo("part " + MASK + "!");
        assertThat(mask.mask("part " + FAMILIAR.substring(20, 27) + "!")).doesNotContain(MASK);
        assertThat(mask.mask("é" + FAMILIAR.substring(40, 60) + "é")).isEqualTo("é" + MASK + "é");
    }

    @Test
    void mask_keyWithRegisteredAndUnregistered_masksBoth() {
        mask.register(Fixtures.material(ODD));
        assertThat(mask.mask(ODD + " and " + FAMILIAR + " and " + ODD)).isEqualTo(MASK + " and " + MASK + " and "
                + MASK);
    }

    @Test
    void register_shortValue_doesNotMaskOrdinaryText() {
        mask.register(Fixtures.material("a"));
        mask.register(Fixtures.material("abcdefg"));
        assertThat(mask.mask("a abcdefg")).isEqualTo("a abcdefg");
    }

    @Test
    void mask_longLines_costsLittle() {
        mask.register(Fixtures.material(FAMILIAR));
        String text = "x".repeat(1_000_000) + FAMILIAR.substring(13);
        assertThat(mask.mask(text)).hasSize(1_000_000 + MASK.length());
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(String value) {
        return HexFormat.of().formatHex(value.getBytes(StandardCharsets.US_ASCII));
    }
}
