package io.keywane.config;

import io.keywane.rotation.PromotionWindow;
import io.keywane.rotation.QuietPolicy;
import io.keywane.rotation.RotationPolicy;
import io.keywane.usage.ProofPolicy;
import io.keywane.usage.ProofPolicy.FixedWindows;
import io.keywane.usage.ProofPolicy.ShadowSpans;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a {@code rotation} section; what it lacks is taken from the policy above it. */
final class RotationReader {
    /** The policy where the file says nothing: careful, and approved by a person. */
    static final RotationPolicy DEFAULTS = new RotationPolicy(Optional.of(Duration.ofDays(90)), true,
            Duration.ofMinutes(5), QuietPolicy.fromHistory(Duration.ofMinutes(30)), 0.9, Duration.ofMinutes(5));
    private static final Map<String, Boolean> APPROVAL = Map.of("required", true, "automatic", false);

    private static final Map<String, ShadowSpans> SHADOWS = Map.of("deny", ShadowSpans.DENY, "allow",
            ShadowSpans.ALLOW);
    private static final Map<String, FixedWindows> FIXED = Map.of("refuse", FixedWindows.REFUSE, "coverage",
            FixedWindows.COVERAGE);

    private RotationReader() {}

    static Field<RotationPolicy> read(YamlSection section, RotationPolicy above) {
        Field<Optional<Duration>> maxAge = section.durationOrNever("max_age").or(above.maxAge());
        Field<Boolean> approval = section.choice("approval", APPROVAL).or(above.approvalRequired());
        Field<Duration> propagation = section.duration("propagation_delay").or(above.propagationDelay());
        Field<Duration> floor = section.duration("quiet_period").or(above.quiet().floor());
        Field<Boolean> fromHistory = section.flag("quiet_from_history").or(above.quiet().fromHistory());
        Field<Double> factor = section.number("quiet_factor").or(above.quiet().factor());
        Field<Duration> unknown = section.duration("unknown_cadence").or(above.quiet().unknownCadence());
        Field<Double> share = section.number("switch_share").or(above.switchShare());
        Field<Duration> patience = section.duration("verify_patience").or(above.verifyPatience());
        Field<ShadowSpans> shadows = section.choice("shadow_spans", SHADOWS).or(above.proof().shadowSpans());
        Field<FixedWindows> fixed = section.choice("fixed_windows", FIXED).or(above.proof().fixedWindows());
        Field<List<String>> windows = section.texts("promotion_windows", text -> {
            PromotionWindow.parse(text);
            return text;
        }).or(above.windows().stream().map(PromotionWindow::text).toList());
        return section.build(() -> new RotationPolicy(maxAge.get(), approval.get(), propagation.get(),
                new QuietPolicy(floor.get(), fromHistory.get(), factor.get(), unknown.get()), share.get(),
                patience.get(), new ProofPolicy(shadows.get(), fixed.get()),
                windows.get().stream().map(PromotionWindow::parse).toList()));
    }
}
