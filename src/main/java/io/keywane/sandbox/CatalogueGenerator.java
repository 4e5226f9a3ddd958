package io.keywane.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static java.util.Locale.ROOT;

/** Makes up companies and jobs; each item depends on the seed and its number alone. */
final class CatalogueGenerator {
    private final long seed;
    private final Instant start;
    private final List<Documents.Company> companies = new ArrayList<>();

    CatalogueGenerator(long seed, Instant start) {
        this.seed = seed;
        this.start = start;
        for (String first : Vocabulary.COMPANY_FIRST) {
            for (String second : Vocabulary.COMPANY_SECOND) {
                companies.add(company(companies.size(), first + " " + second));
            }
        }
    }

    List<Documents.Company> companies() {
        return List.copyOf(companies);
    }

    /** Newest first, half an hour apart. */
    List<CatalogueJob> jobs(int count) {
        List<CatalogueJob> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            jobs.add(new CatalogueJob(job(i)));
        }
        return jobs;
    }

    /** Oldest first; the newest expired half a spacing before the start. */
    List<Catalogue.ExpiredJob> expired(int count, Duration spacing) {
        List<Catalogue.ExpiredJob> expired = new ArrayList<>();
        for (int i = count - 1; i >= 0; i--) {
            Instant at = start.minus(spacing.dividedBy(2)).minus(spacing.multipliedBy(i));
            expired.add(new Catalogue.ExpiredJob(Seeds.uuid(Seeds.random(seed, "expired", i)), at));
        }
        return expired;
    }

    private Documents.Company company(int number, String name) {
        SplittableRandom random = Seeds.random(seed, "company", number);
        Vocabulary.Place place = one(random, Vocabulary.PLACES);
        String industry = one(random, Vocabulary.INDUSTRIES);
        String website = "https://" + slug(name) + ".example";
        return new Documents.Company(Seeds.uuid(random), name, name + " Ltd", name + " is a made-up company.", website,
                website + "/jobs", place.text(), place.countryCode(), String.valueOf(1950 + random.nextInt(70)),
                "51-200", List.of(industry), industry, "active");
    }

    private Documents.Job job(int number) {
        SplittableRandom random = Seeds.random(seed, "job", number);
        Documents.Company company = companies.get(number % companies.size());
        String role = one(random, Vocabulary.ROLES);
        String title = one(random, Vocabulary.RANKS) + " " + role;
        String url = company.listingUrl() + "/" + slug(title) + "-" + number;
        Instant created = start.minus(Duration.ofMinutes(30).multipliedBy(number + 1L));
        int salary = 40_000 + 5_000 * random.nextInt(30);
        return new Documents.Job(Seeds.uuid(random), title, role, reference(company),
                "As " + title + " at " + company.name() + " you do made-up work for a made-up salary.",
                title + " at " + company.name(), url, url + "/apply", List.of(location(one(random, Vocabulary.PLACES))),
                new Documents.Compensation(salary, salary + 20_000, "USD", "yearly"),
                one(random, Vocabulary.EMPLOYMENT_TYPES), one(random, Vocabulary.WORK_MODELS),
                one(random, Vocabulary.EXPERIENCE_LEVELS), one(random, Vocabulary.SOURCES), created,
                created.plus(Duration.ofMinutes(random.nextInt(30))), created, created.plus(Duration.ofDays(60)),
                qualifications(random), List.of("Do the work", "Say what was done"),
                List.of(one(random, Vocabulary.BENEFITS)), random.nextBoolean(), random.nextBoolean(), false);
    }

    private static Documents.CompanyReference reference(Documents.Company company) {
        return new Documents.CompanyReference(company.id(), company.name(), company.website(), company.industries(),
                "/api/companies/" + company.id());
    }

    private static Documents.Location location(Vocabulary.Place place) {
        return new Documents.Location(place.text(), place.city(), place.region(), place.country(), place.latitude(),
                place.longitude());
    }

    private static Documents.Qualifications qualifications(SplittableRandom random) {
        Documents.Skill first = skill(random);
        Documents.Skill second = skill(random);
        Documents.Bucket required = new Documents.Bucket(List.of("Bachelor's degree"), List.of(), List.of(first));
        return new Documents.Qualifications(required,
                new Documents.Bucket(List.of(), List.of(), List.of(second)));
    }

    private static Documents.Skill skill(SplittableRandom random) {
        String name = one(random, Vocabulary.SKILLS);
        return new Documents.Skill(name, name.equals("communication") ? "soft" : "hard");
    }

    private static <T> T one(SplittableRandom random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String slug(String text) {
        return text.toLowerCase(ROOT).replace(' ', '-');
    }
}
