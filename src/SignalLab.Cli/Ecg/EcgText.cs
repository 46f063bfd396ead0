using System.Globalization;
using SignalLab.Analysis.Ecg;
using SignalLab.Model;

namespace SignalLab.Cli.Ecg;

/// <summary>An examination in a few words, as it stands above a sheet and on the terminal.</summary>
internal static class EcgText
{
    private static readonly (string Short, string Name)[] Intervals =
        [("P", "P duration"), ("PR", "PR interval"), ("QRS", "QRS duration"), ("QT", "QT interval"), ("QTcF", "QTc interval (Fridericia)"), ("QTcB", "QTc interval (Bazett)")];

    private static readonly (string Short, string Name)[] Axes = [("P", "P axis"), ("QRS", "QRS axis"), ("T", "T axis")];

    /// <summary>Heart rate, intervals, axes and rhythm; what is not there is not told, save the heart rate.</summary>
    public static IReadOnlyList<string> Statements(EcgExamination examination)
    {
        var numbers = new EcgNumbers(examination.Measurements);
        var (rate, reason) = numbers.Get("heart rate", Unit.Parse("/min"));
        string?[] all =
        [
            rate is { } v ? $"Heart rate {Whole(v)} /min" : $"Heart rate not measurable: {reason}",
            Listed(numbers, Intervals, Unit.Parse("ms"), " ms"),
            Listed(numbers, Axes, Unit.Parse("deg"), "°") is { } axes ? "Axes " + axes : null,
            examination.Rhythm.Count == 0 ? null : string.Join(", ", examination.Rhythm.Select(r => r.Name).Distinct().Take(4)),
        ];
        return [.. all.OfType<string>()];
    }

    /// <summary>What stands beside the table of a sheet: the rhythm, and what lies outside its limits.</summary>
    public static IReadOnlyList<string> SheetStatements(EcgExamination examination)
    {
        var (rate, reason) = new EcgNumbers(examination.Measurements).Get("heart rate", Unit.Parse("/min"));
        string[] abnormal = [.. examination.Measurements.Where(m => m.Verdict is Verdict.Low or Verdict.High).Select(m => $"{m.Name} {(m.Verdict == Verdict.Low ? "low" : "high")}")];
        return
        [
            .. rate is null ? [$"Heart rate not measurable: {reason}"] : Array.Empty<string>(),
            .. examination.Rhythm.Select(r => r.Name).Distinct().Take(4),
            .. abnormal.Length > 0 ? [string.Join(", ", abnormal)] : Array.Empty<string>(),
            .. rate is null ? [] : Unmeasured(examination),
        ];
    }

    /// <summary>Which intervals and axes could not be measured, and why: one sentence a reason.</summary>
    private static IEnumerable<string> Unmeasured(EcgExamination examination) =>
        from field in Intervals.Concat(Axes.Select(a => (Short: a.Short + " axis", a.Name)))
        let measured = examination.Measurements.FirstOrDefault(m => m.Name == field.Name)
        where measured is { Value: null, Reason.Length: > 0 }
        group field.Short by measured.Reason into shorts
        select $"{string.Join(", ", shorts)} not measurable: {char.ToLowerInvariant(shorts.Key[0])}{shorts.Key[1..]}";

    /// <summary>One line about a record.</summary>
    public static string Line(EcgRecord record)
    {
        var counts = EcgJson.Classes.Select(c => (c.Letter, Count: record.Examination.Beats.Count(b => b.Class == c.Class))).Where(c => c.Count > 0);
        var beats = string.Create(CultureInfo.InvariantCulture, $"{record.Examination.Beats.Count} beats ({string.Join(' ', counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Letter} {c.Count}")))})");
        var abnormal = record.Examination.Measurements.Where(m => m.Verdict is Verdict.Low or Verdict.High).Select(m => $"{m.Name} {(m.Verdict == Verdict.Low ? "low" : "high")}").ToList();
        return $"{record.Name}: {string.Join("; ", Statements(record.Examination))}; {beats}{(abnormal.Count > 0 ? "; " + string.Join(", ", abnormal) : "")}";
    }

    private static string? Listed(EcgNumbers numbers, IEnumerable<(string Short, string Name)> fields, Unit unit, string suffix)
    {
        var found = fields.Select(f => (f.Short, numbers.Get(f.Name, unit).Value)).Where(f => f.Value is not null).Select(f => $"{f.Short} {Whole(f.Value!.Value)}{suffix}").ToList();
        return found.Count == 0 ? null : string.Join("  ", found);
    }

    private static string Whole(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
