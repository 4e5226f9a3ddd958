package io.keywane.sandbox;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import static io.keywane.sandbox.TestingClock.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SearchRequestTest {
    private static final Catalogue CATALOGUE = Catalogue.create(1, START);

    @Test
    void query_none_findsAllFirstPageOf25() {
        JobPage page = simple(Map.of());
        assertThat(page.jobs()).hasSize(25).isEqualTo(CATALOGUE.jobs().subList(0, 25));
        assertThat(page.beside()).containsEntry("total", 240).containsEntry("total_pages", 10);
    }

    @Test
    void query_page_showsItsPart() {
        assertThat(simple(Map.of("page", "3", "page_size", "100")).jobs())
                .isEqualTo(CATALOGUE.jobs().subList(200, 240));
        assertThat(simple(Map.of("page", "4", "page_size", "100")).jobs()).isEmpty();
    }

    @Test
    void query_text_matchesTitleCompanyAndSummary() {
        assertFound(simple(Map.of("q", "data scientist", "page_size", "100")),
                job -> job.title().contains("Data Scientist"));
        assertFound(simple(Map.of("q", "alder", "page_size", "100")), job -> job.company().name().contains("Alder"));
        assertThat(simple(Map.of("q", "alder", "search_description", "false")).jobs()).isEmpty();
    }

    @Test
    void query_phrase_matchesTitlesOnly() {
        assertFound(simple(Map.of("q", "\"senior nurse\"", "page_size", "100")),
                job -> job.title().equals("Senior Nurse"));
        assertThat(simple(Map.of("q", "\"alder works\"")).jobs()).isEmpty();
    }

    @Test
    void query_filters_allApply() {
        JobPage page = simple(Map.of("location", "london", "work_model", "remote", "sources", "greenhouse,ashby",
                "page_size", "100"));
        assertFound(page, job -> job.locations().getFirst().city().equals("London")
                && job.workplaceType().equals("remote") && List.of("greenhouse", "ashby").contains(job.source()));
    }

    @Test
    void query_salaryAndSkills_applies() {
        assertFound(simple(Map.of("min_salary_usd", "120000", "skills", "python", "page_size", "100")),
                job -> job.compensation().max() >= 120_000
                        && job.qualifications().mustHave().skills().getFirst().name().equals("python"));
    }

    @Test
    void query_postedAfter_takesPythonsOffset() {
        String after = START.minusSeconds(7_200).toString().replace("Z", "+00:00");
        assertThat(simple(Map.of("posted_after", after)).jobs()).hasSize(4);
        assertThat(simple(Map.of("posted_after", after.replace('+', ' '))).jobs()).hasSize(4);
        assertThat(simple(Map.of("posted_after", after.replace("+00:00", ""))).jobs()).hasSize(4);
    }

    @Test
    void query_breach_namesTheParameter() {
        assertRefused(Map.of("page_size", "101"), "page_size must be between 1 and 100, not 101");
        assertRefused(Map.of("page", "0"), "page must be between 1 and 2147483647, not 0");
        assertRefused(Map.of("page_size", "many"), "page_size is not a whole number");
        assertRefused(Map.of("posted_after", "yesterday"), "posted_after is not an ISO 8601 time");
        assertRefused(Map.of("include_facets", "colour"), "there is no facet colour");
    }

    @Test
    void json_includeFields_leavesHeavyFieldsOut() {
        JsonNode job = firstJob(simple(Map.of("include_fields", "summary")));
        assertThat(job.get("summary").asString()).isNotEmpty();
        assertThat(job.get("description").asString()).isEmpty();
        assertThat(job.get("benefits")).isEmpty();
        assertThat(firstJob(simple(Map.of("include_fields", ""))).get("summary").isNull()).isTrue();
        assertThat(firstJob(simple(Map.of())).get("description").asString()).isNotEmpty();
    }

    @Test
    void json_emptyPage_isStillAnObject() {
        JsonNode page = Json.LENIENT.readTree(simple(Map.of("q", "plumber")).json());
        assertThat(page.get("jobs")).isEmpty();
        assertThat(page.get("total").asInt()).isZero();
        assertThat(Json.LENIENT.readTree(new JobPage(List.of(), CatalogueJob.HEAVY, Map.of()).json()).size())
                .isEqualTo(1);
    }

    @Test
    void body_empty_meansDefaults() {
        assertThat(advanced("{}").jobs()).isEqualTo(CATALOGUE.jobs().subList(0, 25));
        assertThat(advanced("").jobs()).hasSize(25);
    }

    @Test
    void body_queries_areAlternativesAndExclusions() {
        assertFound(advanced("{\"queries\":[\"nurse\",\"accountant\",\"-senior\"],\"page_size\":100}"),
                job -> (job.title().contains("Nurse") || job.title().contains("Accountant"))
                        && !job.title().contains("Senior"));
    }

    @Test
    void body_choices_includeAndExclude() {
        String body = "{\"skills\":{\"include\":[\"Python\"]},\"companies\":{\"exclude\":[\"Alder Works\"]},"
                + "\"industries\":{\"include\":[\"software\",\"finance\"]},\"page_size\":100}";
        assertFound(advanced(body), job -> !job.company().name().equals("Alder Works")
                && job.qualifications().mustHave().skills().getFirst().name().equals("python")
                && List.of("Software", "Finance").contains(job.company().industries().getFirst()));
    }

    @Test
    void body_wrong_isRefused() {
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> SearchRequest.of("{\"page_size\":0}"))
                .withMessage("page_size must be between 1 and 100, not 0");
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> SearchRequest.of("nonsense"))
                .withMessageStartingWith("the body is not valid");
        String eleven = "\"a\",".repeat(10) + "\"a\"";
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> SearchRequest.of("{\"queries\":[" + eleven + "]}"))
                .withMessage("queries has more than 10 positive terms");
    }

    @Test
    void feed_cursor_walksThroughAllInOrderOfCreation() {
        FeedRequest first = FeedRequest.of("{\"batch_size\":100}");
        JobPage page = first.page(CATALOGUE);
        assertThat(page.beside()).containsEntry("has_more", true).containsEntry("estimated_total", 240);
        JobPage second = next(page);
        assertThat(second.jobs()).hasSize(100);
        assertThat(second.beside()).doesNotContainKey("estimated_total");
        JobPage third = next(second);
        assertThat(third.jobs()).hasSize(40);
        assertThat(third.beside()).containsEntry("has_more", false).containsEntry("next_cursor", null);
        assertThat(third.jobs().getLast()).isSameAs(CATALOGUE.jobs().getFirst());
    }

    @Test
    void feed_places_matchByCountryCodeToo() {
        JobPage page = FeedRequest.of("{\"locations\":[{\"country\":\"US\",\"city\":\"new york\"},"
                + "{\"country\":\"Germany\"}]}").page(CATALOGUE);
        assertFound(page, job -> List.of("New York", "Berlin").contains(job.locations().getFirst().city()));
    }

    @Test
    void feed_foreignCursor_isRefused() {
        for (String cursor : List.of("nonsense", "e30", "!!")) {
            assertThatExceptionOfType(BadRequestException.class)
                    .isThrownBy(() -> FeedRequest.of("{\"cursor\":\"" + cursor + "\"}"));
        }
    }

    private static JobPage next(JobPage page) {
        return FeedRequest.of("{\"cursor\":\"" + page.beside().get("next_cursor") + "\"}").page(CATALOGUE);
    }

    private static void assertFound(JobPage page, Predicate<Documents.Job> condition) {
        assertThat(page.jobs()).isNotEmpty().allMatch(job -> condition.test(job.job()));
        long all = CATALOGUE.jobs().stream().filter(job -> condition.test(job.job())).count();
        assertThat(page.jobs()).hasSize((int) all);
    }

    private static void assertRefused(Map<String, String> query, String message) {
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> simple(query)).withMessage(message);
    }

    private static JsonNode firstJob(JobPage page) {
        return Json.LENIENT.readTree(page.json()).get("jobs").get(0);
    }

    private static JobPage simple(Map<String, String> query) {
        return JobPage.of(CATALOGUE, SearchRequest.of(new Parameters(query)));
    }

    private static JobPage advanced(String body) {
        return JobPage.of(CATALOGUE, SearchRequest.of(body));
    }
}
