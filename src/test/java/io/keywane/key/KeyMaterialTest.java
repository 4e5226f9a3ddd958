package io.keywane.key;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** {@link KeyMaterial}, its shape and its faults, and the names. */
class KeyMaterialTest {
    private static final String CANARY = "jbe_live_" + "CANARYcanaryCANARYcan" + "_" + "c".repeat(43);

    @Test
    void material_shownInAnyWay_showsNothing() {
        KeyMaterial material = of(CANARY);

        assertThat(material.toString()).isEqualTo("KeyMaterial[not shown]");
        assertThat(material.hashCode()).isEqualTo(of("other").hashCode());
        assertThat(material.fingerprint("pepper".getBytes(StandardCharsets.UTF_8)).value()).doesNotContain("ANAR");
    }

    @Test
    void bytes_changedOutside_changeNothingInside() {
        byte[] given = CANARY.getBytes(StandardCharsets.US_ASCII);
        KeyMaterial material = KeyMaterial.copyOf(given);
        given[10] = 'X';
        material.exposeBytes()[10] = 'Y';

        assertThat(material.exposeString()).isEqualTo(CANARY);
    }

    @Test
    void equality_isByContent() {
        assertThat(of(CANARY)).isEqualTo(of(CANARY)).isNotEqualTo(of(CANARY + "x"));
    }

    @Test
    void fingerprint_underAnotherPepper_isAnother() {
        byte[] pepper = "pepper".getBytes(StandardCharsets.UTF_8);

        assertThat(of(CANARY).fingerprint(pepper)).isEqualTo(of(CANARY).fingerprint(pepper))
                .isNotEqualTo(of(CANARY).fingerprint("salt".getBytes(StandardCharsets.UTF_8)))
                .isNotEqualTo(of(CANARY + "x").fingerprint(pepper));
    }

    @ParameterizedTest
    @CsvSource({"'', EMPTY", "'a b', WHITE_SPACE", "'secret\n', WHITE_SPACE", "'secret\t', WHITE_SPACE",
        "'secret\u0001', CONTROL_CHARACTER", "'secret\u007f', CONTROL_CHARACTER", "'sécret', NOT_ASCII",
        "'“secret”', NOT_ASCII"})
    void value_thatCannotBeAKey_isRefusedWithoutBeingShown(String value, KeyFault fault) {
        assertThatExceptionOfType(InvalidKeyMaterialException.class).isThrownBy(() -> of(value))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(fault))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("ecret"));
    }

    @Test
    void value_ofTheGreatestLength_isTaken() {
        assertThat(of("k".repeat(KeyMaterial.MAX_LENGTH)).exposeBytes()).hasSize(512);
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> of("k".repeat(KeyMaterial.MAX_LENGTH + 1)))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(KeyFault.TOO_LONG));
    }

    @Test
    void familiarShape_hasAPublicPrefixAndAnEnvironment() {
        assertThat(of(CANARY).hasFamiliarShape()).isTrue();
        assertThat(of(CANARY).publicPrefix()).contains("jbe_live_CAN");
        assertThat(of(CANARY).environment()).contains("live");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jbe_live_short", "sk-12345678901234567890", "jbe_prod_x", "jbe_live_"})
    void unfamiliarShape_hasNoPublicPrefix(String value) {
        assertThat(of(value).hasFamiliarShape()).isFalse();
        assertThat(of(value).publicPrefix()).isEqualTo(Optional.empty());
    }

    @Test
    void shape_withAWrongCharacterOrSeparator_isUnfamiliar() {
        assertThat(of(CANARY.replace('y', '!')).hasFamiliarShape()).isFalse();
        assertThat(of(CANARY.substring(0, 30) + "-" + CANARY.substring(31)).hasFamiliarShape()).isFalse();
        assertThat(of(CANARY + "c").hasFamiliarShape()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Search", "-search", "a/b", "..", "a b", "ä"})
    void name_thatIsNotSafe_isRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new KeyName(name)).withMessageContaining("key name");
        assertThatIllegalArgumentException().isThrownBy(() -> new OrganisationName(name));
    }

    @Test
    void versionId_ofAnotherShape_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new VersionId("xyz"));
        assertThatIllegalArgumentException().isThrownBy(() -> new VersionId("A".repeat(32)));
        assertThat(new VersionId("0123456789abcdef0123456789abcdef").brief()).isEqualTo("01234567");
    }

    private static KeyMaterial of(String value) {
        return KeyMaterial.copyOf(value.getBytes(StandardCharsets.UTF_8));
    }
}
