package io.keywane.sandbox;

import io.keywane.key.KeyName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Reads options: those that name one of a few choices, in lower case as help shows them, and names of keys. */
final class Converters {
    private Converters() {}

    static final class Model implements ITypeConverter<WindowModel> {
        @Override
        public WindowModel convert(String value) {
            return choose(value, WindowModel.values());
        }
    }

    static final class Shown implements ITypeConverter<ShownWindow> {
        @Override
        public ShownWindow convert(String value) {
            return choose(value, ShownWindow.values());
        }
    }

    static final class Reset implements ITypeConverter<ResetMeaning> {
        @Override
        public ResetMeaning convert(String value) {
            return choose(value, ResetMeaning.values());
        }
    }

    static final class Placed implements ITypeConverter<Placement> {
        @Override
        public Placement convert(String value) {
            return choose(value, Placement.values());
        }
    }

    static final class Feed implements ITypeConverter<FeedPlan> {
        @Override
        public FeedPlan convert(String value) {
            return choose(value, FeedPlan.values());
        }
    }

    static final class Key implements ITypeConverter<KeyName> {
        @Override
        public KeyName convert(String value) {
            try {
                return new KeyName(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    private static <E extends Enum<E>> E choose(String value, E[] choices) {
        return Arrays.stream(choices).filter(choice -> choice.toString().equals(value)).findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + value + "' is not one of "
                        + Arrays.stream(choices).map(Enum::toString).collect(Collectors.joining(", "))));
    }
}
