package io.keywane.sandbox;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static io.keywane.sandbox.SearchRequest.orEmpty;

/** One batch of the feed. A cursor carries the first request's filters and batch size; all beside it is ignored. */
record FeedRequest(Body body, int offset) {
    private static final int MOST_BATCH_SIZE = 1_000;

    static FeedRequest of(String json) {
        Body body = SearchRequest.read(json, Body.class);
        if (body.cursor() != null) {
            return ofCursor(body.cursor());
        }
        Parameters.requireBetween("batch_size", body.size(), 1, MOST_BATCH_SIZE);
        return new FeedRequest(body, 0);
    }

    JobPage page(Catalogue catalogue) {
        List<CatalogueJob> found = JobPage.find(catalogue, body.criteria()).stream().filter(body::acceptsPlace)
                .sorted(body.order()).toList();
        int end = Math.min(found.size(), offset + body.size());
        boolean more = end < found.size();
        Map<String, Object> beside = new LinkedHashMap<>();
        beside.put("next_cursor", more ? new FeedRequest(body, end).cursor() : null);
        beside.put("has_more", more);
        if (offset == 0) {
            beside.put("estimated_total", found.size());
        }
        return new JobPage(found.subList(Math.min(offset, end), end), CatalogueJob.HEAVY, beside);
    }

    int size() {
        return body.size();
    }

    private String cursor() {
        byte[] json = Json.LENIENT.writeValueAsBytes(this);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    }

    private static FeedRequest ofCursor(String cursor) {
        try {
            String json = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            FeedRequest request = SearchRequest.read(json, FeedRequest.class);
            if (request.body == null || request.offset < 1) {
                throw new BadRequestException("cursor is not one that the feed gave");
            }
            return request;
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("cursor is not one that the feed gave");
        }
    }

    /** The body as the client sends it; everything may be left out. */
    record Body(@Nullable List<Place> locations, @Nullable List<String> sources, @Nullable List<String> workModels,
            @Nullable List<String> employmentTypes, @Nullable List<String> experienceLevels,
            @Nullable Instant postedAfter,
            @Nullable Instant updatedAfter, @Nullable Boolean stableScan, @Nullable String cursor,
            @Nullable Integer batchSize) {

        int size() {
            return batchSize == null ? MOST_BATCH_SIZE : batchSize;
        }

        JobCriteria criteria() {
            return new JobCriteria(List.of(), List.of(), true, List.of(), orEmpty(sources), orEmpty(workModels),
                    orEmpty(employmentTypes), orEmpty(experienceLevels), JobCriteria.Choice.ANY, JobCriteria.Choice.ANY,
                    JobCriteria.Choice.ANY, null, null,
                    new JobCriteria.Times(postedAfter, null, null, null, updatedAfter));
        }

        boolean acceptsPlace(CatalogueJob job) {
            return locations == null || locations.isEmpty()
                    || locations.stream().anyMatch(place -> place.accepts(job.job().locations()));
        }

        Comparator<CatalogueJob> order() {
            Comparator<CatalogueJob> byCreation = Comparator.comparing(job -> job.job().createdAt());
            Comparator<CatalogueJob> byUpdate = Comparator.comparing(job -> job.job().updatedAt());
            return stableScan == null || stableScan ? byCreation : byUpdate.reversed();
        }
    }

    /** A place of which every named part must match; the country by its name or two-letter code. */
    record Place(@Nullable String country, @Nullable String region, @Nullable String city) {
        boolean accepts(List<Documents.Location> locations) {
            return locations.stream().anyMatch(place -> acceptsCountry(place.country())
                    && (region == null || region.equalsIgnoreCase(place.region()))
                    && (city == null || city.equalsIgnoreCase(place.city())));
        }

        private boolean acceptsCountry(String name) {
            return country == null || country.equalsIgnoreCase(name)
                    || Vocabulary.PLACES.stream().anyMatch(
                            place -> place.country().equals(name) && place.countryCode().equalsIgnoreCase(country));
        }
    }
}
