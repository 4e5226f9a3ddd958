package io.keywane.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the readers of one file share.
 *
 * @param problems what is wrong so far
 * @param declarations the fields that were asked for so far
 * @param folder the file's folder, from which relative paths start
 * @param environment the process's environment, for the folder of credentials
 */
record Reading(Problems problems, Declarations declarations, Path folder, Map<String, String> environment) {}
