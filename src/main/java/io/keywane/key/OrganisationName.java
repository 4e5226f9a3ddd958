package io.keywane.key;

/** Name of the organisation that owns one credit wallet; several managed keys may draw on it. */
public record OrganisationName(String value) implements Comparable<OrganisationName> {
    public OrganisationName {
        Names.check("organisation name", value);
    }

    @Override
    public int compareTo(OrganisationName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
