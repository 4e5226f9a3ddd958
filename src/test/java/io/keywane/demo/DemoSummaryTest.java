package io.keywane.demo;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class DemoSummaryTest {
    @Test
    void verdict_nothingRefusedAndFlagAfterLastUse_passes() {
        DemoSummary summary = Summaries.of(1_500, 0, 70);

        assertThat(summary.passed()).isTrue();
        assertThat(summary.failure()).isEmpty();
    }

    @Test
    void verdict_oneRefused_fails() {
        assertThat(Summaries.of(1_500, 1, 70).failure()).contains("1 requests of consumers were refused");
    }

    @Test
    void verdict_nothingRequested_fails() {
        assertThat(Summaries.of(0, 0, 70).failure()).contains("consumers made no request");
    }

    @Test
    void verdict_flaggedInTheInstantOfTheLastUse_fails() {
        assertThat(Summaries.of(1_500, 0, 52).failure()).contains(
                "the old key was flagged at 2026-03-01T12:00:52.250Z, but used at 2026-03-01T12:00:52.250Z");
    }

    @Test
    void verdict_oldKeyNeverRefused_fails() {
        assertThat(Summaries.of(1_500, 0, 70, 0).failure())
                .contains("the revocation was confirmed, but the API never refused the old key");
    }

    @Test
    void json_summary_holdsWhatTestsReadInUtc() {
        JsonNode json = JsonMapper.shared().readTree(DemoJson.pretty(Summaries.of(1_500, 0, 70)));

        assertThat(json.at("/version").asInt()).isEqualTo(1);
        assertThat(json.at("/passed").asBoolean()).isTrue();
        assertThat(json.at("/consumers/requests").asLong()).isEqualTo(1_500);
        assertThat(json.at("/consumers/refused").asLong(-1)).isZero();
        assertThat(json.at("/rotation/state").asString()).isEqualTo("flagged");
        assertThat(json.at("/rotation/promoted_at").asString()).isEqualTo("2026-03-01T12:00:34.250Z");
        assertThat(json.at("/rotation/old_key_last_use").asString()).isEqualTo("2026-03-01T12:00:52.250Z");
        assertThat(json.at("/rotation/flagged_at").asString()).isEqualTo("2026-03-01T12:01:10.250Z");
        assertThat(json.at("/rotation/confirmed_revoked_at").asString()).isEqualTo("2026-03-01T12:01:20.250Z");
        assertThat(json.at("/rotation/old_key_refusals").asLong()).isEqualTo(2);
        assertThat(json.at("/rotation/evidence/0/gate").asString()).isEqualTo("quiet");
        assertThat(json.at("/phases/drain").asString()).isEqualTo("PT18S");
        assertThat(json.at("/wallet/spent").asLong()).isEqualTo(400);
    }

    @Test
    void text_passed_tellsRequestsPhasesAndEvidence() {
        assertThat(SummaryText.lines(Summaries.of(1_500, 0, 70))).contains(
                "The key was rotated without a refused request.",
                "5 consumers made 1,500 requests, of which 0 were refused. It cost 400 credits, probes included.",
                "   18.0 s  consumers switched, one after another",
                "  quiet       nobody used it for 30s" + System.lineSeparator()
                        + "              general: silent since 12:00:53");
    }

    @Test
    void text_failed_saysSoFirst() {
        assertThat(SummaryText.lines(Summaries.of(1_500, 2, 70)))
                .contains("FAILED: 2 requests of consumers were refused.");
    }
}
