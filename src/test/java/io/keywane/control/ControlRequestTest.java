package io.keywane.control;

import io.keywane.key.KeyName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ControlRequestTest {
    private static final String CANARY = "jbe_live_CanaryCanaryCanary012_CanaryCanaryCanaryCanaryCanaryCanary0123456";

    @Test
    void accessors_wellFormed_haveTheirTypes() {
        ControlRequest request = ControlRequest.of(Verb.ROTATION_START, "search-production").with(Argument.EMERGENCY,
                "true");

        assertThat(request.key()).isEqualTo(new KeyName("search-production"));
        assertThat(request.flag(Argument.EMERGENCY)).isTrue();
        assertThat(ControlRequest.of(Verb.AUDIT_TAIL).with(Argument.COUNT, "7").count(Argument.COUNT)).contains(7);
        assertThat(ControlRequest.of(Verb.USAGE, "a").with(Argument.SINCE, "PT1H").duration(Argument.SINCE))
                .contains(Duration.ofHours(1));
    }

    @Test
    void key_missing_isUsage() {
        assertThatThrownBy(() -> ControlRequest.of(Verb.KEYS_SHOW).key())
                .hasMessage("keys.show needs the argument key");
    }

    @Test
    void key_noName_namesTheArgument() {
        assertThatThrownBy(() -> ControlRequest.of(Verb.KEYS_SHOW, "Not A Name").key())
                .hasMessage("key \"Not A Name\" is not the name of a managed key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "-PT1H", "tomorrow"})
    void duration_notPositive_isUsage(String since) {
        ControlRequest request = ControlRequest.of(Verb.USAGE, "a").with(Argument.SINCE, since);

        assertThatThrownBy(() -> request.duration(Argument.SINCE))
                .hasMessage("since \"" + since + "\" is not a duration such as PT24H");
    }

    @Test
    void count_belowOne_isUsage() {
        ControlRequest request = ControlRequest.of(Verb.AUDIT_TAIL).with(Argument.COUNT, "0");

        assertThatThrownBy(() -> request.count(Argument.COUNT)).hasMessage("count \"0\" is not a number from 1");
    }

    @Test
    void flag_neitherTrueNorFalse_isUsage() {
        ControlRequest request = ControlRequest.of(Verb.ROTATION_START, "a").with(Argument.EMERGENCY, "yes");

        assertThatThrownBy(() -> request.flag(Argument.EMERGENCY)).hasMessage("emergency must be true or false");
    }

    @Test
    void argument_ofAnotherVerb_isRefused() {
        assertThatThrownBy(() -> ControlRequest.of(Verb.DOCTOR).with(Argument.GATE, "quiet"))
                .hasMessage("doctor takes no argument gate");
    }

    @Test
    void keyValue_anywhere_isRefusedAndNotShown() {
        ControlRequest request = ControlRequest.of(Verb.ROTATION_SUPPLY, "search-production");

        assertThatThrownBy(() -> request.withReason("because " + CANARY)).isInstanceOf(ControlException.class)
                .hasMessageStartingWith("reason looks like a key value").hasMessageNotContaining("Canary");
        assertThatThrownBy(() -> request.with(Argument.DASHBOARD_NAME, CANARY)).isInstanceOf(ControlException.class)
                .hasMessageNotContaining("Canary");
        assertThatThrownBy(() -> request.withRequestId(CANARY)).isInstanceOf(ControlException.class)
                .hasMessageNotContaining("Canary");
    }

    @Test
    void publicPrefix_inReason_isAllowed() {
        assertThat(
                ControlRequest.of(Verb.ROTATION_START, "a").withReason("replaces jbe_live_Ab1 of last year").reason())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", " ", "bell\u0007"})
    void reason_withControlCharacterOrBlank_isRefused(String reason) {
        assertThatThrownBy(() -> ControlRequest.of(Verb.ROTATION_START, "a").withReason(reason))
                .isInstanceOf(ControlException.class).hasMessageStartingWith("reason ");
    }

    @Test
    void requestId_withBlank_isRefused() {
        assertThatThrownBy(() -> ControlRequest.of(Verb.ROTATION_START, "a").withRequestId("a b"))
                .hasMessage("request_id must be 1 to 64 letters, digits, '.', '_' or '-'");
    }
}
