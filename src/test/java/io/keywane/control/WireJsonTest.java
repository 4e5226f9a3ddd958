package io.keywane.control;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class WireJsonTest {
    @ParameterizedTest
    @EnumSource(Verb.class)
    void result_thereAndBack_isEqual(Verb verb) {
        ControlResult result = CannedResults.of(verb);
        assertThat(result).isInstanceOf(verb.resultType());

        ObjectNode json = WireJson.result(result);

        assertThat(WireJson.read(json, verb.resultType())).isEqualTo(result);
        assertThat(json.propertyNames()).first().isEqualTo("version");
    }

    @Test
    void rotationStatus_asJson_hasSnakeCaseLowerCaseAndIsoTimes() {
        ObjectNode json = WireJson.result(CannedResults.of(Verb.ROTATION_STATUS));

        assertThat(json.at("/version").intValue()).isEqualTo(1);
        assertThat(json.at("/rotation/promoted_at").stringValue()).isEqualTo("2026-11-24T11:59:00Z");
        assertThat(json.at("/rotation/old_version/public_prefix").stringValue()).isEqualTo("jbe_live_Ab1");
        assertThat(json.at("/leaving/0/stage").stringValue()).isEqualTo("retiring");
        assertThat(json.at("/evidence/0/silent_for").stringValue()).isEqualTo("PT4M");
        assertThat(json.at("/evidence/1/silent_for").isNull()).isTrue();
        assertThat(json.at("/gates/0/missing").stringValue()).isEqualTo("26 min more");
    }

    @Test
    void read_unknownField_isPassedOver() {
        ObjectNode json = WireJson.result(CannedResults.of(Verb.ALERTS_LIST)).put("added_later", 1);

        assertThat(WireJson.read(json, AlertList.class)).isEqualTo(CannedResults.of(Verb.ALERTS_LIST));
    }

    @Test
    void read_otherVersion_isRefusedByName() {
        ObjectNode json = WireJson.result(CannedResults.of(Verb.ALERTS_LIST)).put("version", 2);

        assertThatThrownBy(() -> WireJson.read(json, AlertList.class)).isInstanceOf(ControlException.class)
                .hasMessage("the daemon answers in version 2, this command reads version 1");
    }

    @Test
    void read_missingField_isRefused() {
        ObjectNode json = WireJson.result(CannedResults.of(Verb.AUDIT_VERIFY));
        json.remove("lines");

        assertThatThrownBy(() -> WireJson.read(json, AuditVerification.class)).isInstanceOf(ControlException.class)
                .hasMessage("the daemon's answer is no AuditVerification");
    }
}
