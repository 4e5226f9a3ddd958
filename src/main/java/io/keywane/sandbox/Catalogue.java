package io.keywane.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** All made-up jobs and companies, immutable: ids and contents from the seed, times counted back from the start. */
final class Catalogue {
    private final List<CatalogueJob> jobs;
    private final Map<UUID, CatalogueJob> jobsById = new LinkedHashMap<>();
    private final Map<UUID, Documents.Company> companies = new LinkedHashMap<>();
    private final List<ExpiredJob> expired;
    private final Map<String, List<Documents.Facet>> facets;

    Catalogue(List<CatalogueJob> jobs, List<Documents.Company> companies, List<ExpiredJob> expired) {
        this.jobs = List.copyOf(jobs);
        this.expired = List.copyOf(expired);
        this.facets = Facets.all(this.jobs);
        jobs.forEach(job -> jobsById.put(job.job().id(), job));
        companies.forEach(company -> this.companies.put(company.id(), company));
    }

    /** Newest first. */
    List<CatalogueJob> jobs() {
        return jobs;
    }

    /** Facets of found jobs; those of all jobs are counted once, since most searches ask for them. */
    Map<String, List<Documents.Facet>> facets(List<CatalogueJob> found, List<String> names) {
        return found.size() == jobs.size() ? Facets.choose(facets, names) : Facets.count(found, names);
    }

    Optional<CatalogueJob> job(UUID id) {
        return Optional.ofNullable(jobsById.get(id));
    }

    Optional<Documents.Company> company(UUID id) {
        return Optional.ofNullable(companies.get(id));
    }

    /** The ids of jobs that expired at or after that time, oldest first. */
    List<UUID> expiredSince(Instant since) {
        return expired.stream().filter(job -> !job.at().isBefore(since)).map(ExpiredJob::id).toList();
    }

    static Catalogue create(long seed, Instant start) {
        CatalogueGenerator generator = new CatalogueGenerator(seed, start);
        return new Catalogue(generator.jobs(240), generator.companies(), generator.expired(90, Duration.ofHours(1)));
    }

    /** A job that is no longer offered. */
    record ExpiredJob(UUID id, Instant at) {}
}
