package io.keywane.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The API's documents in the shape that the vendor's published client reads. */
final class Documents {
    private Documents() {}

    record Job(UUID id, String title, String normalizedTitle, CompanyReference company, String description,
            @Nullable String summary, String listingUrl, String applyUrl, List<Location> locations,
            Compensation compensation, String employmentType, String workplaceType, String experienceLevel,
            String source,
            Instant createdAt, Instant updatedAt, Instant datePosted, Instant validThrough,
            Qualifications qualifications,
            List<String> responsibilities, List<String> benefits,
            @JsonProperty("is_work_auth_required") boolean workAuth,
            @JsonProperty("is_h1b_sponsor") boolean h1bSponsor,
            @JsonProperty("is_clearance_required") boolean clearance) {}

    record CompanyReference(UUID id, String name, String website, List<String> industries, String detailsUrl) {}

    record Location(String location, String city, String region, String country, double latitude, double longitude) {}

    record Compensation(int min, int max, String currency, String period) {}

    record Qualifications(Bucket mustHave, Bucket preferred) {
        static final Qualifications NONE = new Qualifications(Bucket.NONE, Bucket.NONE);
    }

    record Bucket(List<String> education, List<String> certifications, List<Skill> skills) {
        static final Bucket NONE = new Bucket(List.of(), List.of(), List.of());
    }

    record Skill(String name, String type) {}

    record Company(UUID id, String name, String legalName, String summary, String website, String listingUrl,
            String headquartersLocation, String countryCode, String foundingYear, String companySize,
            List<String> industries, String primaryIndustry, String operatingStatus) {}

    record Geocoding(String input, boolean succeeded, List<GeocodedLocation> locations, String method,
            @Nullable String error) {}

    record GeocodedLocation(String city, String region, String country, double latitude, double longitude,
            String displayName, String countryCode, double fuzzyConfidence) {}

    record Facet(String key, long count) {}

    record ExpiredJobs(List<UUID> jobIds, @Nullable String nextCursor, boolean hasMore) {}

    record Filters(List<String> sources, List<String> workModels, List<String> employmentTypes,
            List<String> experienceLevels, List<String> industries, List<String> countries) {}
}
