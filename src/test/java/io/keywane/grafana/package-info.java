/** Makes the dashboards in {@code config/grafana}, and holds them. */
@NullMarked
package io.keywane.grafana;

import org.jspecify.annotations.NullMarked;
