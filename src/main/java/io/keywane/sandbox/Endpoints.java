package io.keywane.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The endpoints' own work. Costs as published: one credit for each delivered job or geocoding, else nothing. */
final class Endpoints {
    private static final Duration LOOKBACK = Duration.ofDays(7);
    private static final Duration CLOCK_SLACK = Duration.ofMinutes(1);
    private static final int MOST_EXPIRED = 10_000;

    private Endpoints() {}

    static Endpoint.Prepared search(Endpoint.Call call) {
        return delivery(call, SearchRequest.of(call.query()));
    }

    static Endpoint.Prepared advancedSearch(Endpoint.Call call) {
        return delivery(call, SearchRequest.of(call.body()));
    }

    static Endpoint.Prepared job(Endpoint.Call call) {
        Optional<CatalogueJob> job = Parameters.parseId(call.id()).flatMap(call.catalogue()::job);
        if (job.isEmpty()) {
            return new Endpoint.Missing("There is no job with this id.");
        }
        return new Endpoint.Delivery(0, 0, job.get()::json);
    }

    static Endpoint.Prepared feed(Endpoint.Call call) {
        JobPage page = FeedRequest.of(call.body()).page(call.catalogue());
        return new Endpoint.Delivery(0, 0, page::json);
    }

    static Endpoint.Prepared expired(Endpoint.Call call) {
        String sizeName = call.query().text("batch_size").isPresent() ? "batch_size" : "limit";
        int size = call.query().number(sizeName, 1_000, 1, MOST_EXPIRED);
        Instant since = call.query().time("expired_since").orElse(call.now().minus(Duration.ofDays(1)));
        if (since.isBefore(call.now().minus(LOOKBACK).minus(CLOCK_SLACK))) {
            throw new BadRequestException("expired_since is more than 7 days ago");
        }
        List<UUID> ids = call.catalogue().expiredSince(since);
        int from = call.query().text("cursor").map(cursor -> position(ids, cursor)).orElse(0);
        List<UUID> batch = ids.stream().skip(from).limit(size).toList();
        boolean more = from + batch.size() < ids.size();
        return Endpoint.Delivery
                .free(new Documents.ExpiredJobs(batch, more ? batch.getLast().toString() : null, more));
    }

    static Endpoint.Prepared filters(Endpoint.Call call) {
        return Endpoint.Delivery.free(new Documents.Filters(Vocabulary.SOURCES, Vocabulary.WORK_MODELS,
                Vocabulary.EMPLOYMENT_TYPES, Vocabulary.EXPERIENCE_LEVELS, Vocabulary.INDUSTRIES,
                Vocabulary.PLACES.stream().map(Vocabulary.Place::countryCode).toList()));
    }

    static Endpoint.Prepared geocode(Endpoint.Call call) {
        String location = call.query().text("location")
                .orElseThrow(() -> new BadRequestException("location is missing"));
        Documents.Geocoding result = Geocoder.resolve(location);
        return new Endpoint.Delivery(1, 1, () -> Json.LENIENT.writeValueAsBytes(result));
    }

    static Endpoint.Prepared company(Endpoint.Call call) {
        Optional<Documents.Company> company = Parameters.parseId(call.id()).flatMap(call.catalogue()::company);
        if (company.isEmpty()) {
            return new Endpoint.Missing("There is no company with this id.");
        }
        return Endpoint.Delivery.free(company.get());
    }

    static Endpoint.Prepared companyJobs(Endpoint.Call call) {
        Optional<Documents.Company> company = Parameters.parseId(call.id()).flatMap(call.catalogue()::company);
        if (company.isEmpty()) {
            return new Endpoint.Missing("There is no company with this id.");
        }
        JobCriteria criteria = JobCriteria.ofCompany(company.get().name(),
                call.query().time("posted_after").orElse(null));
        return delivery(call, SearchRequest.of(call.query()).with(criteria));
    }

    private static Endpoint.Delivery delivery(Endpoint.Call call, SearchRequest request) {
        JobPage page = JobPage.of(call.catalogue(), request);
        return new Endpoint.Delivery(request.pageSize(), page.jobs().size(), page::json);
    }

    private static int position(List<UUID> ids, String cursor) {
        int index = Parameters.parseId(cursor).map(ids::indexOf).orElse(-1);
        if (index < 0) {
            throw new BadRequestException("cursor is not one that this endpoint gave");
        }
        return index + 1;
    }
}
