@NullMarked
package io.keywane.runbook;

import org.jspecify.annotations.NullMarked;
