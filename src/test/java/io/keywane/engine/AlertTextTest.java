package io.keywane.engine;

import io.keywane.alert.Acknowledgement;
import io.keywane.alert.ActiveAlert;
import io.keywane.alert.Alert;
import io.keywane.alert.AlertName;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AlertTextTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Moment SINCE = new Moment("boot-1", Duration.ofNanos(1_234_567_891), NOON);

    @Test
    void alerts_writtenAndRead_areTheSame() {
        ActiveAlert plain = new ActiveAlert(new Alert(AlertName.CREDITS_LOW, Optional.empty(),
                new OrganisationName("acme"), "5 \"credits\"\nare left", "keywane keys list", Optional.empty()), SINCE,
                Optional.empty());
        ActiveAlert taken = new ActiveAlert(new Alert(AlertName.USAGE_SPIKE, Optional.of(new KeyName("search")),
                new OrganisationName("acme"), "much", "keywane alerts show x", Optional.of(NOON.minusSeconds(60))),
                SINCE, Optional.of(new Acknowledgement("user:anna", NOON.plusSeconds(5), "")));

        assertThat(AlertText.read(AlertText.write(List.of(plain, taken)))).containsExactly(plain, taken);
        assertThat(AlertText.read("")).isEmpty();
    }

    @Test
    void alerts_ofAnotherForm_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> AlertText.read("CREDITS_LOW - acme"));
    }
}
