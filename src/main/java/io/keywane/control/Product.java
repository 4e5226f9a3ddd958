package io.keywane.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

import static java.util.Objects.requireNonNull;

/** The version of this build, as the build wrote it into the jar. */
public final class Product {
    private Product() {}

    /** For instance {@code 0.1.0}. */
    public static String version() {
        try (InputStream stream = requireNonNull(Product.class.getResourceAsStream("product.properties"),
                "product.properties is missing from the jar")) {
            Properties properties = new Properties();
            properties.load(stream);
            return requireNonNull(properties.getProperty("version"), "version is null");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
