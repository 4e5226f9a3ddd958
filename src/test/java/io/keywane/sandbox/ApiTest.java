package io.keywane.sandbox;

import io.keywane.sandbox.SandboxControl.CreatedKey;
import io.keywane.sandbox.SandboxControl.NewKey;
import io.keywane.sandbox.SandboxControl.NewOrganisation;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** The API in virtual time, without HTTP. */
class ApiTest {
    private static final Caller HERE = new Caller(0x7f000001, 40_000);

    private static final SandboxSettings SETTINGS = SandboxSettings.defaults(Path.of("unused"));

    private static final String NO_KEY = "";

    private final TestingClock clock = new TestingClock();
    private final Catalogue catalogue = Catalogue.create(1, TestingClock.START);
    private final Api api = new Api(catalogue);
    private World world = new World(SETTINGS, clock);

    @Test
    void search_delivered_costsOneCreditAJob() {
        String key = key(100);
        Answer answer = get(key, "/api/jobs", Map.of("page_size", "10", "page", "24"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(header(answer, "X-Credits-Deducted")).contains("10");
        assertThat(header(answer, "X-Credits-Balance")).contains("90");
        assertThat(header(answer, "X-Credits-Required")).isEmpty();
    }

    @Test
    void search_fewerDelivered_costsOnlyThose() {
        String key = key(100);
        Answer answer = get(key, "/api/jobs", Map.of("page_size", "100", "page", "3"));
        assertThat(header(answer, "X-Credits-Deducted")).contains("40");
    }

    @Test
    void search_nothingDelivered_hasNoCreditHeaders() {
        Answer answer = get(key(100), "/api/jobs", Map.of("q", "plumber"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).extracting(Answer.Header::name).containsExactly("X-RateLimit-Limit",
                "X-RateLimit-Remaining", "X-RateLimit-Reset");
    }

    @Test
    void search_walletBelowWorstCase_answers402AndCostsNothing() {
        String key = key(24);
        Answer answer = get(key, "/api/jobs", Map.of());
        assertThat(answer.status()).isEqualTo(402);
        assertThat(header(answer, "X-Credits-Required")).contains("25");
        assertThat(header(answer, "X-Credits-Balance")).contains("24");
        assertThat(header(answer, "X-Credits-Deducted")).isEmpty();
        assertThat(body(answer).get("credits_required").asLong()).isEqualTo(25);
        assertThat(body(answer).get("credits_balance").asLong()).isEqualTo(24);
        assertThat(world.accounts().getFirst().wallet().balance()).isEqualTo(24);
    }

    @Test
    void freeEndpoints_emptyWallet_stillAnswer() {
        String key = key(0);
        assertThat(get(key, "/api/connectors/filters", Map.of()).status()).isEqualTo(200);
        assertThat(get(key, "/api/jobs/expired", Map.of("limit", "1")).status()).isEqualTo(200);
        assertThat(get(key, "/api/jobs/" + firstJobId(), Map.of()).status()).isEqualTo(200);
        assertThat(post(key, "/api/jobs/feed", "{\"batch_size\":1}").status()).isEqualTo(200);
        assertThat(get(key, "/api/locations/geocode", Map.of("location", "London")).status()).isEqualTo(402);
    }

    @Test
    void geocode_unknownPlace_costsTheSame() {
        Answer answer = get(key(5), "/api/locations/geocode", Map.of("location", "Atlantis"));
        assertThat(body(answer).get("succeeded").asBoolean()).isFalse();
        assertThat(header(answer, "X-Credits-Deducted")).contains("1");
    }

    @Test
    void company_withoutKey_isPublic() {
        String id = catalogue.jobs().getFirst().job().company().id().toString();
        Answer answer = get(NO_KEY, "/api/companies/" + id, Map.of());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).isEmpty();
        assertThat(get(NO_KEY, "/api/companies/" + firstJobId(), Map.of()).status()).isEqualTo(404);
        assertThat(get(NO_KEY, "/api/companies/" + id + "/jobs", Map.of()).status()).isEqualTo(401);
    }

    @Test
    void companyJobs_listed_areOfThatCompanyAndCost() {
        Documents.CompanyReference company = catalogue.jobs().getFirst().job().company();
        Answer answer = get(key(100), "/api/companies/" + company.id() + "/jobs", Map.of());
        assertThat(body(answer).get("total").asInt()).isEqualTo(10);
        assertThat(header(answer, "X-Credits-Deducted")).contains("10");
        assertThat(body(answer).get("jobs").get(9).get("company").get("name").asString()).isEqualTo(company.name());
    }

    @Test
    void key_missingUnknownOrRevoked_answers401WithoutHeaders() {
        String key = key(100);
        world.revoke("key-1");
        for (String tried : List.of(key, "jbe_sbx_never", "nonsense")) {
            Answer answer = get(tried, "/api/jobs", Map.of());
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers()).isEmpty();
        }
        assertThat(get(NO_KEY, "/api/jobs", Map.of()).status()).isEqualTo(401);
        assertThat(truth()).extracting(RequestRecord::keyId).containsExactly("key-1", "unknown", "unknown", "none");
    }

    @Test
    void key_acceptedLater_answers401UntilThen() {
        String id = world.createAccount(NewOrganisation.of("acme", 10)).view().id();
        String key = world.createKey(new NewKey(id, "late", Duration.ofSeconds(30))).value();
        assertThat(get(key, "/api/connectors/filters", Map.of()).status()).isEqualTo(401);
        clock.advance(Duration.ofSeconds(30));
        assertThat(get(key, "/api/connectors/filters", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void feed_closedPlan_answers403AndOpensAtOnce() {
        String key = key(100);
        Account account = world.accounts().getFirst();
        account.change(FeedPlan.CLOSED);
        Answer refused = get(key, "/api/jobs/expired", Map.of("limit", "1"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.headers()).isEmpty();
        assertThat(post(key, "/api/jobs/feed", "{}").status()).isEqualTo(403);
        assertThat(get(key, "/api/connectors/filters", Map.of()).status()).isEqualTo(200);
        account.change(FeedPlan.OPEN);
        assertThat(header(get(key, "/api/jobs/expired", Map.of("limit", "1")), "X-RateLimit-Remaining"))
                .as("the refused ones were not counted").contains("119");
        assertThat(post(key, "/api/jobs/feed/managed", "{}").status()).isEqualTo(403);
    }

    @Test
    void groups_traffic_doesNotShowInTheOther() {
        String key = key(100);
        get(key, "/api/connectors/filters", Map.of());
        get(key, "/api/connectors/filters", Map.of());
        Answer feed = get(key, "/api/jobs/expired", Map.of());
        assertThat(header(feed, "X-RateLimit-Limit")).contains("120");
        assertThat(header(feed, "X-RateLimit-Remaining")).contains("119");
    }

    @Test
    void limit_reached_answers429BeforeCreditsAreLookedAt() {
        world = new World(SETTINGS.withRates(SETTINGS.rates().withGeneral(limits(2))), clock);
        String key = key(1);
        get(key, "/api/connectors/filters", Map.of());
        get(key, "/api/connectors/filters", Map.of());
        clock.advance(Duration.ofMillis(500));
        Answer answer = get(key, "/api/jobs", Map.of());
        assertThat(answer.status()).isEqualTo(429);
        assertThat(header(answer, "Retry-After")).contains("60");
        assertThat(header(answer, "X-RateLimit-Remaining")).contains("0");
        assertThat(header(answer, "X-RateLimit-Limit")).contains("2");
        assertThat(world.accounts().getFirst().wallet().balance()).isEqualTo(1);
        assertThat(truth().getLast().counted()).isFalse();
    }

    @Test
    void limit_twoKeysOfOneOrganisation_countApart() {
        String first = key(100);
        String second = world.createKey(NewKey.of("org-1", "second")).value();
        get(first, "/api/connectors/filters", Map.of());
        assertThat(header(get(second, "/api/connectors/filters", Map.of()), "X-RateLimit-Remaining")).contains("359");
        get(first, "/api/jobs", Map.of("page_size", "1"));
        assertThat(header(get(second, "/api/jobs", Map.of("page_size", "1")), "X-Credits-Balance"))
                .as("the wallet is the organisation's").contains("98");
    }

    @Test
    void reset_header_isRoundedUpToTheSecond() {
        clock.advance(Duration.ofMillis(1));
        Answer answer = get(key(1), "/api/connectors/filters", Map.of());
        long expected = TestingClock.START.getEpochSecond() + 61;
        assertThat(header(answer, "X-RateLimit-Reset")).contains(Long.toString(expected));
    }

    @Test
    void refusals_configured_countAndCarryHeaders() {
        RefusalSettings refusals = new RefusalSettings(Set.of(401, 404), Set.of(401, 404, 429));
        world = new World(SETTINGS.withRefusals(refusals), clock);
        String key = key(0);
        assertThat(header(get(key, "/api/jobs/nothing", Map.of()), "X-RateLimit-Remaining")).contains("359");
        assertThat(get(key, "/api/jobs", Map.of()).status()).isEqualTo(402);
        world.revoke("key-1");
        assertThat(header(get(key, "/api/connectors/filters", Map.of()), "X-RateLimit-Remaining")).contains("358");
        assertThat(get("nonsense", "/api/jobs", Map.of()).headers()).isEmpty();
    }

    @Test
    void groupHeader_switchedOn_namesTheLimiter() {
        world = new World(SETTINGS.withGroupHeader(true), clock);
        String key = key(100);
        assertThat(header(get(key, "/api/jobs/expired", Map.of()), "X-RateLimit-Group")).contains("feed");
        assertThat(header(get(key, "/api/connectors/filters", Map.of()), "X-RateLimit-Group")).contains("general");
    }

    @Test
    void routes_unknown_answer404Or405() {
        String key = key(1);
        assertThat(get(key, "/api/nothing", Map.of()).status()).isEqualTo(404);
        assertThat(get(key, "/api/jobs/1/2", Map.of()).status()).isEqualTo(404);
        assertThat(get(key, "/api/jobs/feed/managed", Map.of()).status()).isEqualTo(405);
        assertThat(get(key, "/api/jobs/" + UUID.randomUUID(), Map.of()).status()).isEqualTo(404);
    }

    @Test
    void request_breach_answers400AndCostsNothing() {
        Answer answer = get(key(100), "/api/jobs", Map.of("page_size", "500"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(body(answer).get("detail").asString()).isEqualTo("page_size must be between 1 and 100, not 500");
        assertThat(answer.headers()).isEmpty();
        assertThat(get(key(100), "/api/jobs/expired", Map.of("expired_since", "2020-01-01T00:00:00Z")).status())
                .isEqualTo(400);
    }

    @Test
    void expired_cursor_walksThroughAll() {
        String key = key(0);
        Map<String, String> query = Map.of("batch_size", "20");
        JsonNode first = body(get(key, "/api/jobs/expired", query));
        assertThat(first.get("job_ids").size()).isEqualTo(20);
        JsonNode second = body(get(key, "/api/jobs/expired",
                Map.of("batch_size", "20", "cursor", first.get("next_cursor").asString())));
        assertThat(second.get("job_ids").size()).isEqualTo(4);
        assertThat(second.get("has_more").asBoolean()).isFalse();
        assertThat(get(key, "/api/jobs/expired", Map.of("cursor", "x")).status()).isEqualTo(400);
    }

    @Test
    void fault_stripKeyHeader_refusesAllKeysButNotThePublicEndpoint() {
        String key = key(100);
        world.faults().set(Faults.NONE.withStripKeyHeader(true));
        assertThat(get(key, "/api/jobs", Map.of()).status()).isEqualTo(401);
        String company = catalogue.jobs().getFirst().job().company().id().toString();
        assertThat(get(key, "/api/companies/" + company, Map.of()).status()).isEqualTo(200);
        assertThat(truth().getFirst()).extracting(RequestRecord::keyId, RequestRecord::fault, RequestRecord::counted)
                .containsExactly("key-1", "key_header_stripped", false);
    }

    @Test
    void fault_error_isNotCounted() {
        String key = key(100);
        world.faults().set(Faults.NONE.withErrorBurst(1));
        Answer error = get(key, "/api/connectors/filters", Map.of());
        assertThat(error.status()).isEqualTo(503);
        assertThat(header(error, "Retry-After")).contains("1");
        assertThat(header(get(key, "/api/connectors/filters", Map.of()), "X-RateLimit-Remaining")).contains("359");
    }

    @Test
    void fault_captivePage_looksLikeSuccess() {
        String key = key(100);
        world.faults().set(Faults.NONE.withCaptivePage(true));
        Answer answer = get(key, "/api/jobs", Map.of());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("text/html");
        assertThat(answer.headers()).isEmpty();
        assertThat(truth().getLast().counted()).isFalse();
    }

    @Test
    void fault_oddHeader_spoilsRateAndCreditHeadersOnly() {
        world.faults().set(Faults.NONE.withOddHeader(OddHeader.REPEATED));
        Answer answer = get(key(100), "/api/jobs", Map.of("page_size", "1"));
        assertThat(answer.headers()).filteredOn(field -> field.name().equals("X-RateLimit-Remaining"))
                .extracting(Answer.Header::value).containsExactly("359", "3591");
        assertThat(answer.headers()).filteredOn(field -> field.name().equals("X-Credits-Balance")).hasSize(2);
        world.faults().set(Faults.NONE.withOddHeader(OddHeader.MISSING));
        assertThat(get(key(100), "/api/jobs", Map.of("page_size", "1")).headers()).isEmpty();
    }

    @Test
    void truth_entry_saysWhatHappenedAndNoKeyBytes() {
        String key = key(100);
        api.answer(world, new ApiRequest("GET", "/api/jobs", Map.of("page_size", "2"), "", Optional.of(key),
                "careless " + key, HERE), world.faults().draw());
        assertThat(truth()).containsExactly(new RequestRecord(1, TestingClock.START, "key-1", "general", 200,
                "careless [key]", "GET /api/jobs", true, 2, "none"));
        assertThat(world.summary().toString()).doesNotContain(key.substring(8));
    }

    private String key(long balance) {
        String id = world.createAccount(NewOrganisation.of("acme", balance)).view().id();
        CreatedKey key = world.createKey(NewKey.of(id, "test"));
        return key.value();
    }

    private Answer get(String key, String path, Map<String, String> query) {
        return answer("GET", key, path, query, "");
    }

    private Answer post(String key, String path, String body) {
        return answer("POST", key, path, Map.of(), body);
    }

    private Answer answer(String method, String key, String path, Map<String, String> query, String body) {
        ApiRequest request = new ApiRequest(method, path, query, body,
                Optional.of(key).filter(value -> !value.isEmpty()), "test", HERE);
        return api.answer(world, request, world.faults().draw());
    }

    private List<RequestRecord> truth() {
        return world.truth().page(RequestFilter.ALL).requests();
    }

    private String firstJobId() {
        return catalogue.jobs().getFirst().job().id().toString();
    }

    private static List<WindowLimit> limits(int aMinute) {
        return List.of(new WindowLimit(Duration.ofMinutes(1), aMinute));
    }

    private static Optional<String> header(Answer answer, String name) {
        return answer.headers().stream().filter(field -> field.name().equals(name)).map(Answer.Header::value)
                .findFirst();
    }

    private static JsonNode body(Answer answer) {
        return Json.LENIENT.readTree(new String(answer.body(), StandardCharsets.UTF_8));
    }
}
