package io.keywane.sandbox;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One page of a search.
 *
 * @param heavy the heavy fields to deliver
 * @param facets the facets to count
 */
record SearchRequest(JobCriteria criteria, int page, int pageSize, Set<String> heavy, List<String> facets) {
    private static final int MOST_PAGE_SIZE = 100;
    private static final int MOST_QUERIES = 10;

    static SearchRequest of(Parameters query) {
        JobCriteria criteria = new JobCriteria(query.text("q").map(List::of).orElse(List.of()), List.of(),
                query.flag("search_description", true), query.text("location").map(List::of).orElse(List.of()),
                query.list("sources"), query.list("work_model"), query.list("employment_type"),
                query.list("experience_level"), new JobCriteria.Choice(query.list("skills"), List.of()),
                JobCriteria.Choice.ANY, new JobCriteria.Choice(query.list("industries"), List.of()),
                query.number("min_salary_usd").orElse(null), query.number("max_salary_usd").orElse(null), times(query));
        return new SearchRequest(criteria, query.number("page", 1, 1, Integer.MAX_VALUE),
                query.number("page_size", 25, 1, MOST_PAGE_SIZE),
                query.present("include_fields").map(value -> Set.copyOf(Parameters.split(value)))
                        .orElse(CatalogueJob.HEAVY),
                query.present("include_facets").map(Parameters::split).orElse(Facets.DEFAULT));
    }

    static SearchRequest of(String json) {
        Body body = read(json, Body.class);
        int page = body.page() == null ? 1 : body.page();
        int pageSize = body.pageSize() == null ? 25 : body.pageSize();
        Parameters.requireBetween("page", page, 1, Integer.MAX_VALUE);
        Parameters.requireBetween("page_size", pageSize, 1, MOST_PAGE_SIZE);
        return new SearchRequest(body.criteria(), page, pageSize,
                body.includeFields() == null ? CatalogueJob.HEAVY : Set.copyOf(body.includeFields()),
                body.includeFacets() == null ? Facets.DEFAULT : body.includeFacets());
    }

    SearchRequest with(JobCriteria other) {
        return new SearchRequest(other, page, pageSize, heavy, facets);
    }

    /** Reads a body; an empty one is an empty object. */
    static <T> T read(String json, Class<T> type) {
        try {
            return Json.LENIENT.readValue(json.isBlank() ? "{}" : json, type);
        } catch (JacksonException e) {
            throw new BadRequestException("the body is not valid: " + e.getOriginalMessage());
        }
    }

    static List<String> orEmpty(@Nullable List<String> list) {
        return Optional.ofNullable(list).orElse(List.of());
    }

    private static JobCriteria.Times times(Parameters query) {
        return new JobCriteria.Times(query.time("posted_after").orElse(null),
                query.time("posted_before").orElse(null), query.time("discovered_after").orElse(null),
                query.time("discovered_before").orElse(null), null);
    }

    /** The body of the advanced search, as the client sends it; everything may be left out. */
    private record Body(@Nullable List<String> queries, @Nullable Boolean searchDescription,
            @Nullable List<String> locations, @Nullable List<String> sources, @Nullable Wanted skills,
            @Nullable Wanted companies, @Nullable Wanted industries, @Nullable List<String> workModels,
            @Nullable List<String> employmentTypes, @Nullable List<String> experienceLevels, @Nullable Salary salaryUsd,
            @Nullable Instant postedAfter, @Nullable Instant postedBefore, @Nullable Instant discoveredAfter,
            @Nullable Instant discoveredBefore, @Nullable Integer page, @Nullable Integer pageSize,
            @Nullable List<String> includeFacets, @Nullable List<String> includeFields) {

        JobCriteria criteria() {
            List<String> all = orEmpty(queries);
            List<String> positive = all.stream().filter(query -> !query.startsWith("-")).toList();
            if (positive.size() > MOST_QUERIES) {
                throw new BadRequestException("queries has more than " + MOST_QUERIES + " positive terms");
            }
            List<String> negative = all.stream().filter(query -> query.startsWith("-"))
                    .map(query -> query.substring(1)).toList();
            return new JobCriteria(positive, negative, searchDescription == null || searchDescription,
                    orEmpty(locations), orEmpty(sources), orEmpty(workModels), orEmpty(employmentTypes),
                    orEmpty(experienceLevels), Wanted.choice(skills), Wanted.choice(companies),
                    Wanted.choice(industries),
                    salaryUsd == null ? null : salaryUsd.min(), salaryUsd == null ? null : salaryUsd.max(),
                    new JobCriteria.Times(postedAfter, postedBefore, discoveredAfter, discoveredBefore, null));
        }
    }

    private record Wanted(@Nullable List<String> include, @Nullable List<String> exclude) {
        static JobCriteria.Choice choice(@Nullable Wanted wanted) {
            return wanted == null
                    ? JobCriteria.Choice.ANY
                    : new JobCriteria.Choice(orEmpty(wanted.include), orEmpty(wanted.exclude));
        }
    }

    private record Salary(@Nullable Integer min, @Nullable Integer max) {}
}
