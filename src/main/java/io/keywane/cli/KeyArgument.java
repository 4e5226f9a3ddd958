package io.keywane.cli;

import io.keywane.key.KeyName;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The managed key that a verb is about. */
final class KeyArgument {
    @Parameters(paramLabel = "KEY", converter = Converter.class, description = "Name of a managed key.")
    private String key = "";

    String name() {
        return key;
    }

    /** Refuses what is no name before the daemon is asked. */
    static final class Converter implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            try {
                return new KeyName(value).value();
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
