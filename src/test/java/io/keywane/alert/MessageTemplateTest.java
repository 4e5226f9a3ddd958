package io.keywane.alert;

import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessageTemplateTest {
    private static final Instant BEGAN = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void fill_everyWord_isReplaced() {
        MessageTemplate template = new MessageTemplate(
                "{{state}}|{{severity}}|{{name}}|{{subject}}|{{organisation}}|{{summary}}|{{command}}|{{id}}|{{since}}");

        assertThat(template.fill(notice("much use"), UnaryOperator.identity())).isEqualTo(
                "RESOLVED|critical|KeywaneUsageSpike|search|acme|much use|keywane alerts list|"
                        + notice("").active().id() + "|2026-03-01T10:00:00Z");
    }

    @Test
    void fill_valueThatLooksLikeAWord_staysAsItIs() {
        assertThat(new MessageTemplate("{{summary}} {{name}}").fill(notice("{{command}} $1 \\"),
                UnaryOperator.identity())).isEqualTo("{{command}} $1 \\ KeywaneUsageSpike");
    }

    @Test
    void fill_values_areEscapedAndTheTemplateIsNot() {
        assertThat(new MessageTemplate("<!here> {{summary}}").fill(notice("<x>"), value -> value.replace("<", "&lt;")))
                .isEqualTo("<!here> &lt;x>");
    }

    @Test
    void template_unknownWord_isRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> new MessageTemplate("{{summery}}"))
                .hasMessageContaining("unknown word {{summery}}; there are state, severity");
    }

    private static Notice notice(String summary) {
        Alert alert = new Alert(AlertName.USAGE_SPIKE, Optional.of(new KeyName("search")),
                new OrganisationName("acme"), summary, "keywane alerts list", Optional.empty());
        return new Notice(new ActiveAlert(alert, new Moment("boot", Duration.ZERO, BEGAN), Optional.empty()),
                Optional.of(BEGAN.plusSeconds(60)));
    }
}
