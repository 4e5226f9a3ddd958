package io.keywane.sandbox;

import java.util.List;

/** The words that made-up jobs and companies are drawn from; the closed value sets are the vendor's. */
final class Vocabulary {
    static final List<String> SOURCES = List.of("greenhouse", "lever_co", "ashby", "workday", "smartrecruiters");
    static final List<String> WORK_MODELS = List.of("remote", "hybrid", "onsite");
    static final List<String> EMPLOYMENT_TYPES = List.of("full-time", "part-time", "contract", "internship",
            "freelance", "temporary");
    static final List<String> EXPERIENCE_LEVELS = List.of("intern", "entry", "mid", "senior", "lead", "executive");
    static final List<String> INDUSTRIES = List.of("Software", "Logistics", "Health Care", "Energy", "Education",
            "Finance");
    static final List<String> SKILLS = List.of("python", "java", "sql", "kubernetes", "typescript", "php", "go",
            "communication");
    static final List<String> BENEFITS = List.of("Pension plan", "Health insurance", "Flexible hours",
            "Training budget");
    static final List<String> RANKS = List.of("Junior", "Senior", "Lead", "Principal");
    static final List<String> ROLES = List.of("Backend Engineer", "Data Scientist", "Software Engineer",
            "Machine Learning Engineer", "Product Manager", "Nurse", "Accountant", "Truck Dispatcher");
    static final List<String> COMPANY_FIRST = List.of("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse",
            "Hazel");
    static final List<String> COMPANY_SECOND = List.of("Works", "Labs", "Systems");
    static final List<Place> PLACES = List.of(
            new Place("San Francisco", "California", "United States", "US", 37.7749, -122.4194),
            new Place("New York", "New York", "United States", "US", 40.7128, -74.0060),
            new Place("London", "England", "United Kingdom", "GB", 51.5074, -0.1278),
            new Place("Berlin", "Berlin", "Germany", "DE", 52.5200, 13.4050),
            new Place("Paris", "Île-de-France", "France", "FR", 48.8566, 2.3522),
            new Place("Toronto", "Ontario", "Canada", "CA", 43.6532, -79.3832),
            new Place("Bengaluru", "Karnataka", "India", "IN", 12.9716, 77.5946),
            new Place("Sydney", "New South Wales", "Australia", "AU", -33.8688, 151.2093));

    private Vocabulary() {}

    /** A city that jobs are in and that geocoding knows; degrees north and east. */
    record Place(String city, String region, String country, String countryCode, double latitude, double longitude) {
        String text() {
            return city + ", " + region + ", " + country;
        }
    }
}
