package io.keywane.sandbox;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static java.util.Locale.ROOT;

/** One job with what searching it needs, and its whole JSON made in advance. */
final class CatalogueJob {
    /** Fields that a search may leave out. */
    static final Set<String> HEAVY = Set.of("description", "summary", "qualifications", "responsibilities",
            "benefits");

    private final Documents.Job job;
    private final byte[] json;
    private final String title;
    private final String text;
    private final Set<String> skills;

    CatalogueJob(Documents.Job job) {
        this.job = job;
        this.json = Json.LENIENT.writeValueAsBytes(job);
        this.title = job.title().toLowerCase(ROOT);
        this.text = (job.title() + " " + job.company().name() + " " + job.summary()).toLowerCase(ROOT);
        this.skills = job.qualifications().mustHave().skills().stream().map(skill -> skill.name().toLowerCase(ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    Documents.Job job() {
        return job;
    }

    /** The title in lower case. */
    String title() {
        return title;
    }

    /** Title, company and summary in lower case. */
    String text() {
        return text;
    }

    /** Required skills in lower case. */
    Set<String> skills() {
        return skills;
    }

    byte[] json() {
        return json.clone();
    }

    /** Writes the JSON with only these heavy fields; the client needs a description, so a left-out one is empty. */
    void write(ByteArrayOutputStream out, Set<String> heavy) {
        out.writeBytes(heavy.containsAll(HEAVY) ? json : Json.LENIENT.writeValueAsBytes(trimmed(heavy)));
    }

    private Documents.Job trimmed(Set<String> heavy) {
        return new Documents.Job(job.id(), job.title(), job.normalizedTitle(), job.company(),
                heavy.contains("description") ? job.description() : "",
                heavy.contains("summary") ? job.summary() : null,
                job.listingUrl(), job.applyUrl(), job.locations(), job.compensation(), job.employmentType(),
                job.workplaceType(), job.experienceLevel(), job.source(), job.createdAt(), job.updatedAt(),
                job.datePosted(), job.validThrough(),
                heavy.contains("qualifications") ? job.qualifications() : Documents.Qualifications.NONE,
                heavy.contains("responsibilities") ? job.responsibilities() : List.of(),
                heavy.contains("benefits") ? job.benefits() : List.of(), job.workAuth(), job.h1bSponsor(),
                job.clearance());
    }
}
