using SignalLab.Analysis.Ecg.Validation;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg;

/// <summary>What an ECG's file itself says of its intervals.</summary>
public sealed class ReportedIntervalTests
{
    [Fact]
    public void A_stated_value_is_taken_whatever_its_unit_and_case_and_marks_that_contradict_it_are_told_too()
    {
        var all = ReportedInterval.Of(With([Of("PR Interval", 0.16, "s"), Of("QRS duration", 135, "ms"), Of("QRS onset", 200, "ms"), Of("QRS offset", 296, "ms"), Of("P onset", 38, "ms"), Of("heart rate", 1, "Hz")]));
        Assert.Equal([new("PR interval", 160, false), new("QRS duration", 135, false), new("QRS duration", 96, true), new("heart rate", 60, false)], all);
    }

    [Fact]
    public void Zero_and_nothing_are_no_value_and_the_RR_interval_gives_the_rate()
    {
        Assert.Equal([new("heart rate", 75, false)], ReportedInterval.Of(With([Of("PR interval", 0, "ms"), Of("QT interval", null, "ms"), Of("RR interval", 800, "ms")])));
        Assert.Empty(ReportedInterval.Of(With([])));
    }

    [Fact]
    public void Marks_of_single_beats_give_the_median_and_an_end_without_its_onset_gives_nothing()
    {
        (double At, string Text)[] marks = [(0.5, "P Offset"), (1.0, "P Onset"), (1.1, "P Offset"), (1.2, "P Offset"), (2.0, "P Onset"), (2.14, "P Offset"), (3.0, "P Onset"), (3.12, "P Offset"), (4.0, "P Onset")];
        var recording = With([]) with { Annotations = [.. marks.Select(m => new Annotation(m.At, 0, m.Text)), new Annotation(2.01, 0, "P Onset", "II")] };
        var only = Assert.Single(ReportedInterval.Of(recording));
        Assert.Equal(("P duration", true), (only.Name, only.IsOfMarks));
        Assert.Equal(120, only.Value, 6);
    }

    private static Measurement Of(string name, double? value, string unit) => new(name, value, Unit.Parse(unit), "", Origin.File);

    private static Recording With(IReadOnlyList<Measurement> measurements) => new([], new MemorySamples([])) { Measurements = measurements };
}
