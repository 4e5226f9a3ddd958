package io.keywane.control;

/**
 * What a verb answers. In JSON each has {@code "version": 1} as its first field, snake-case names, instants as ISO-8601
 * in UTC, durations as ISO-8601 ({@code PT1H30M}), enums as lower-case words, and {@code null} for what is not known.
 */
public sealed interface ControlResult
        permits AlertDetail, AlertList, AuditLines, AuditVerification, CalibrationStatus, DoctorReport,
        EvidenceExport, EvidenceList,
        FindingList, KeyDetail, KeyList,
        MutationResult, PlanResult, ProbeResult, Report,
        RotationStatus, UsageTable, UseSeriesTable, VersionInfo {}
