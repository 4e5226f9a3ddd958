package io.keywane.store;

import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreName;
import io.keywane.engine.StoreReference;
import io.keywane.key.KeyMaterial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SecretTextTest {
    private final SecretText text = text(Optional.of("api_key"));

    private static SecretText text(Optional<String> field) {
        return new SecretText(new StoreReference(new StoreName("aws"), "prod/search", field, "prod/search"));
    }

    private static KeyMaterial key(String value) {
        return KeyMaterial.copyOf(value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void withKey_keepsEveryOtherCharacter() {
        String before = "{\n  \"n\" : 1.50, \"big\":9007199254740993,\"api_key\" :\t\"old\\u0041\" , \"\\u00e9\":[null,{}]\n}\n";

        assertThat(text.key(before)).contains(key("oldA"));
        assertThat(text.withKey(before, key("new\"key\\")))
                .isEqualTo("{\n  \"n\" : 1.50, \"big\":9007199254740993,\"api_key\" :\t\"new\\\"key\\\\\" , "
                        + "\"\\u00e9\":[null,{}]\n}\n");
    }

    @Test
    void withKey_ofObjectWithoutTheField_addsIt() {
        assertThat(text.key("{}")).isEmpty();
        assertThat(text.withKey("{}", key("k"))).isEqualTo("{\"api_key\":\"k\"}");
        assertThat(text.withKey("{\"a\":{\"api_key\":\"inner\"}} ", key("k")))
                .isEqualTo("{\"a\":{\"api_key\":\"inner\"},\"api_key\":\"k\"} ");
    }

    @Test
    void key_ofNestedField_isNotTheKey() {
        assertThat(text.key("{\"a\":{\"api_key\":\"inner\"},\"b\":[\"api_key\"]}")).isEmpty();
    }

    @Test
    void isSameBeside_tellsOtherFieldsFromTheKey() {
        assertThat(text.isSameBeside("{\"a\":1,\"api_key\":\"x\"}", "{\"a\":1,\"api_key\":\"y\"}")).isTrue();
        assertThat(text.isSameBeside("{\"a\":1,\"api_key\":\"x\"}", "{\"a\":2,\"api_key\":\"x\"}")).isFalse();
    }

    @Test
    void text_withoutField_isTheKeyItself() {
        SecretText bare = text(Optional.empty());

        assertThat(bare.key("abc")).contains(key("abc"));
        assertThat(bare.withKey("abc", key("def"))).isEqualTo("def");
        assertThat(bare.isSameBeside("abc", "xyz")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"canary-secret\"", "{\"api_key\":", "{\"api_key\":7}",
        "{\"api_key\":{\"x\":\"canary-secret\"}}", "{\"api_key\":\"a\",\"api_key\":\"canary-secret\"}",
        "{\"api_key\":\"canary-secret\"} x", "{\"api_key\":null}", "{\"a\" 1}"})
    void key_ofWrongText_isDamagedAndNeverQuoted(String wrong) {
        StoreException failure = catchThrowableOfType(StoreException.class, () -> text.key(wrong));

        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.DAMAGED);
        assertThat(failure).hasMessageContaining("prod/search").message().doesNotContain("canary");
        assertThat(failure.getCause()).isNull();
    }
}
