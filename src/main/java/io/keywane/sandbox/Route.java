package io.keywane.sandbox;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The API's routes: which limiter counts them, what the plan must cover, and who does the work. */
enum Route {
    SEARCH("GET", "/api/jobs", LimiterGroup.GENERAL, Access.KEY, Endpoints::search),
    ADVANCED_SEARCH("POST", "/api/jobs/search", LimiterGroup.GENERAL, Access.KEY, Endpoints::advancedSearch),
    FEED("POST", "/api/jobs/feed", LimiterGroup.FEED, Access.FEED_PLAN, Endpoints::feed),
    MANAGED_FEED("POST", "/api/jobs/feed/managed", LimiterGroup.FEED, Access.NEVER, Endpoints::feed),
    EXPIRED("GET", "/api/jobs/expired", LimiterGroup.FEED, Access.FEED_PLAN, Endpoints::expired),
    JOB("GET", "/api/jobs/{id}", LimiterGroup.GENERAL, Access.KEY, Endpoints::job),
    FILTERS("GET", "/api/connectors/filters", LimiterGroup.GENERAL, Access.KEY, Endpoints::filters),
    GEOCODE("GET", "/api/locations/geocode", LimiterGroup.GENERAL, Access.KEY, Endpoints::geocode),
    COMPANY("GET", "/api/companies/{id}", LimiterGroup.GENERAL, Access.PUBLIC, Endpoints::company),
    COMPANY_JOBS("GET", "/api/companies/{id}/jobs", LimiterGroup.GENERAL, Access.KEY, Endpoints::companyJobs);

    private static final String VARIABLE = "{id}";
    private static final List<Route> ALL = List.of(values());

    private final String method;
    private final String template;
    private final String before;
    private final Optional<String> after;
    private final LimiterGroup group;
    private final Access access;
    private final Endpoint endpoint;

    Route(String method, String template, LimiterGroup group, Access access, Endpoint endpoint) {
        int variable = template.indexOf(VARIABLE);
        this.method = method;
        this.template = template;
        this.before = variable < 0 ? template : template.substring(0, variable);
        this.after = variable < 0 ? Optional.empty() : Optional.of(template.substring(variable + VARIABLE.length()));
        this.group = group;
        this.access = access;
        this.endpoint = endpoint;
    }

    /** The route of a request; constant paths come before those with a variable part, in the order above. */
    static Optional<Match> find(String method, String path) {
        for (Route route : ALL) {
            Optional<String> id = route.method.equals(method) ? route.match(path) : Optional.empty();
            if (id.isPresent()) {
                return Optional.of(new Match(route, id.get()));
            }
        }
        return Optional.empty();
    }

    /** Whether another method has this path. */
    static boolean knows(String path) {
        return Arrays.stream(values()).anyMatch(route -> route.match(path).isPresent());
    }

    String text() {
        return method + " " + template;
    }

    LimiterGroup group() {
        return group;
    }

    Access access() {
        return access;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    private Optional<String> match(String path) {
        if (after.isEmpty()) {
            return path.equals(before) ? Optional.of("") : Optional.empty();
        }
        if (!path.startsWith(before) || !path.endsWith(after.get())
                || path.length() <= before.length() + after.get().length()) {
            return Optional.empty();
        }
        String id = path.substring(before.length(), path.length() - after.get().length());
        return id.indexOf('/') < 0 ? Optional.of(id) : Optional.empty();
    }

    /** What a caller must have. */
    enum Access {
        /** Nothing: no key is looked at, none is counted. */
        PUBLIC,
        /** A key. */
        KEY,
        /** A key of an organisation whose plan covers the feed. */
        FEED_PLAN,
        /** What no sandbox key has, as at the vendor: managed job sources. */
        NEVER
    }

    /** A route and the variable part of its path. */
    record Match(Route route, String id) {}
}
