package io.keywane.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts jobs by their kind, most frequent first. */
final class Facets {
    static final List<String> DEFAULT = List.of("work_model", "employment_type");

    private static final Map<String, Function<Documents.Job, String>> KINDS = Map.of("work_model",
            Documents.Job::workplaceType, "employment_type", Documents.Job::employmentType, "experience_level",
            Documents.Job::experienceLevel, "source", Documents.Job::source);

    private Facets() {}

    static Map<String, List<Documents.Facet>> all(List<CatalogueJob> jobs) {
        return count(jobs, List.copyOf(KINDS.keySet()));
    }

    static Map<String, List<Documents.Facet>> count(List<CatalogueJob> jobs, List<String> names) {
        Map<String, List<Documents.Facet>> facets = new LinkedHashMap<>();
        for (String name : names) {
            facets.put(name, count(jobs, kind(name)));
        }
        return facets;
    }

    /** The named ones of facets counted before. */
    static Map<String, List<Documents.Facet>> choose(Map<String, List<Documents.Facet>> counted, List<String> names) {
        names.forEach(Facets::kind);
        Map<String, List<Documents.Facet>> chosen = new LinkedHashMap<>();
        names.forEach(name -> chosen.put(name, counted.getOrDefault(name, List.of())));
        return chosen;
    }

    private static List<Documents.Facet> count(List<CatalogueJob> jobs, Function<Documents.Job, String> kind) {
        Map<String, Long> counts = jobs.stream()
                .collect(Collectors.groupingBy(job -> kind.apply(job.job()), Collectors.counting()));
        List<Documents.Facet> facets = new ArrayList<>();
        counts.forEach((key, count) -> facets.add(new Documents.Facet(key, count)));
        facets.sort(Comparator.comparingLong(Documents.Facet::count).reversed().thenComparing(Documents.Facet::key));
        return List.copyOf(facets);
    }

    private static Function<Documents.Job, String> kind(String name) {
        Function<Documents.Job, String> kind = KINDS.get(name);
        if (kind == null) {
            throw new BadRequestException("there is no facet " + name);
        }
        return kind;
    }
}
