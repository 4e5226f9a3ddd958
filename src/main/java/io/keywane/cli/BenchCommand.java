package io.keywane.cli;

import picocli.CommandLine.Command;

/** {@code bench}: measurements of what is shipped, offline. */
@Command(name = "bench", header = "Measure what is shipped, offline.", mixinStandardHelpOptions = true)
final class BenchCommand extends Group {}
