package io.keywane.sandbox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

import static java.util.Locale.ROOT;

/**
 * What jobs to find; an empty list or null puts no condition. Lists match any of their items, required skills all.
 * Texts are compared without case.
 *
 * @param excluded texts that must not occur
 */
record JobCriteria(List<String> queries, List<String> excluded, boolean searchDescription, List<String> locations,
        List<String> sources, List<String> workModels, List<String> employmentTypes, List<String> experienceLevels,
        Choice skills, Choice companies, Choice industries, @Nullable Integer leastSalary, @Nullable Integer mostSalary,
        Times times) {

    static final JobCriteria ANY = new JobCriteria(List.of(), List.of(), true, List.of(), List.of(), List.of(),
            List.of(), List.of(), Choice.ANY, Choice.ANY, Choice.ANY, null, null, Times.ANY);

    static JobCriteria ofCompany(String company, @Nullable Instant postedAfter) {
        Choice name = new Choice(List.of(company), List.of());
        return new JobCriteria(List.of(), List.of(), true, List.of(), List.of(), List.of(), List.of(), List.of(),
                Choice.ANY, name, Choice.ANY, null, null, new Times(postedAfter, null, null, null, null));
    }

    boolean accepts(CatalogueJob candidate) {
        Documents.Job job = candidate.job();
        List<String> companyNames = List.of(job.company().name());
        return acceptsText(candidate) && acceptsPlace(job) && acceptsKind(job) && acceptsSalary(job)
                && times.accepts(job) && skills.acceptsAll(candidate.skills()) && companies.acceptsAny(companyNames)
                && industries.acceptsAny(job.company().industries());
    }

    private boolean acceptsText(CatalogueJob job) {
        boolean found = queries.isEmpty() || queries.stream().anyMatch(query -> contains(job, query));
        return found && excluded.stream().noneMatch(query -> contains(job, query));
    }

    private boolean contains(CatalogueJob job, String query) {
        String wanted = query.toLowerCase(ROOT);
        if (wanted.length() > 1 && wanted.startsWith("\"") && wanted.endsWith("\"")) {
            return job.title().contains(wanted.substring(1, wanted.length() - 1));
        }
        String text = searchDescription ? job.text() : job.title();
        return List.of(wanted.split(" ")).stream().allMatch(text::contains);
    }

    private boolean acceptsPlace(Documents.Job job) {
        Predicate<String> matches = wanted -> job.locations().stream()
                .anyMatch(place -> place.location().toLowerCase(ROOT).contains(wanted.toLowerCase(ROOT)));
        return locations.isEmpty() || locations.stream().anyMatch(matches);
    }

    private boolean acceptsKind(Documents.Job job) {
        return accepts(sources, job.source()) && accepts(workModels, job.workplaceType())
                && accepts(employmentTypes, job.employmentType()) && accepts(experienceLevels, job.experienceLevel());
    }

    private boolean acceptsSalary(Documents.Job job) {
        boolean enough = leastSalary == null || job.compensation().max() >= leastSalary;
        return enough && (mostSalary == null || job.compensation().min() <= mostSalary);
    }

    private static boolean accepts(List<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains(value);
    }

    /** Values to have and values not to have. */
    record Choice(List<String> include, List<String> exclude) {
        static final Choice ANY = new Choice(List.of(), List.of());

        Choice {
            include = include.stream().map(value -> value.toLowerCase(ROOT)).toList();
            exclude = exclude.stream().map(value -> value.toLowerCase(ROOT)).toList();
        }

        boolean acceptsAll(Collection<String> values) {
            return values.containsAll(include) && exclude.stream().noneMatch(values::contains);
        }

        boolean acceptsAny(List<String> values) {
            List<String> lower = values.stream().map(value -> value.toLowerCase(ROOT)).toList();
            boolean found = include.isEmpty() || include.stream().anyMatch(lower::contains);
            return found && exclude.stream().noneMatch(lower::contains);
        }
    }

    /** Bounds in time, all inclusive; discovered is when the API first saw the job. */
    record Times(@Nullable Instant postedAfter, @Nullable Instant postedBefore, @Nullable Instant discoveredAfter,
            @Nullable Instant discoveredBefore, @Nullable Instant updatedAfter) {
        static final Times ANY = new Times(null, null, null, null, null);

        boolean accepts(Documents.Job job) {
            return between(postedAfter, job.datePosted(), postedBefore)
                    && between(discoveredAfter, job.createdAt(), discoveredBefore)
                    && between(updatedAfter, job.updatedAt(), null);
        }

        private static boolean between(@Nullable Instant from, Instant time, @Nullable Instant to) {
            return (from == null || !time.isBefore(from)) && (to == null || !time.isAfter(to));
        }
    }
}
