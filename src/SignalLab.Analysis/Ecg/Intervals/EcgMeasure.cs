using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>Makes measurements of an ECG, with a value or with the reason why there is none.</summary>
internal static class EcgMeasure
{
    /// <summary>Name and version of these measurements.</summary>
    public const string Version = "median beat intervals 1";

    public static Unit Millisecond { get; } = Unit.Parse("ms");

    public static Unit Degree { get; } = Unit.Parse("deg");

    public static Unit PerMinute { get; } = Unit.Parse("/min");

    private static Origin Origin { get; } = new(OriginKind.Algorithm, Version);

    /// <summary>A measurement.</summary>
    /// <param name="name">What was measured.</param>
    /// <param name="value">The value; null or not finite where there is none.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="method">How, with the source.</param>
    /// <param name="reason">Why there is no value, used only then.</param>
    public static Measurement Of(string name, double? value, Unit unit, string method, string? reason = null) =>
        value is { } v && double.IsFinite(v)
            ? new Measurement(name, v, unit, method, Origin)
            : new Measurement(name, null, unit, method, Origin) { Reason = reason ?? "Not measurable." };
}
