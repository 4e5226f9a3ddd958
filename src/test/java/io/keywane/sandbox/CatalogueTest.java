package io.keywane.sandbox;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import static io.keywane.sandbox.TestingClock.START;
import static org.assertj.core.api.Assertions.assertThat;

class CatalogueTest {
    private static final Catalogue CATALOGUE = Catalogue.create(1, START);

    @Test
    void create_sameSeedAndStart_isTheSameToTheByte() {
        Catalogue again = Catalogue.create(1, START);
        assertThat(texts(again)).isEqualTo(texts(CATALOGUE));
        assertThat(again.expiredSince(START.minus(Duration.ofDays(7))))
                .isEqualTo(CATALOGUE.expiredSince(START.minus(Duration.ofDays(7))));
    }

    @Test
    void create_otherSeed_hasOtherIds() {
        Catalogue other = Catalogue.create(2, START);
        assertThat(other.jobs()).extracting(job -> job.job().id())
                .doesNotContainAnyElementsOf(CATALOGUE.jobs().stream().map(job -> job.job().id()).toList());
    }

    @Test
    void jobs_order_isNewestFirstAndAllArePast() {
        assertThat(CATALOGUE.jobs()).extracting(job -> job.job().createdAt())
                .isSortedAccordingTo(Comparator.reverseOrder()).allMatch(START::isAfter).doesNotHaveDuplicates();
    }

    @Test
    void jobs_companies_areAllKnown() {
        assertThat(CATALOGUE.jobs())
                .allSatisfy(job -> assertThat(CATALOGUE.company(job.job().company().id())).isPresent());
    }

    @Test
    void expiredSince_time_isInclusiveAndOldestFirst() {
        Duration aDay = Duration.ofDays(1);
        assertThat(CATALOGUE.expiredSince(START.minus(aDay))).hasSize(24);
        assertThat(CATALOGUE.expiredSince(START)).isEmpty();
        assertThat(CATALOGUE.expiredSince(START.minus(aDay)).getLast())
                .isEqualTo(CATALOGUE.expiredSince(START.minus(Duration.ofMinutes(30))).getLast());
    }

    @Test
    void facets_ofAllJobs_equalFreshlyCountedOnes() {
        List<String> names = List.of("source", "work_model");
        Map<String, List<Documents.Facet>> ready = CATALOGUE.facets(CATALOGUE.jobs(), names);
        assertThat(ready).isEqualTo(Facets.count(CATALOGUE.jobs(), names)).containsOnlyKeys("source", "work_model");
        assertThat(ready.values())
                .allSatisfy(facet -> assertThat(facet.stream().mapToLong(Documents.Facet::count).sum()).isEqualTo(240));
    }

    @Test
    void uuid_drawn_isOfVersionFour() {
        assertThat(CATALOGUE.jobs())
                .allSatisfy(job -> assertThat(job.job().id().version()).isEqualTo(4));
    }

    private static List<String> texts(Catalogue catalogue) {
        return catalogue.jobs().stream().map(job -> new String(job.json(), StandardCharsets.UTF_8)).toList();
    }
}
