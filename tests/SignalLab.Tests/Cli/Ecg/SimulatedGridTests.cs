using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Simulation;
using SignalLab.Cli.Ecg;

namespace SignalLab.Tests.Cli.Ecg;

public sealed class SimulatedGridTests
{
    // Every so many of the combinations: coprime to what they are made of, so that all levels of all factors are met.
    private const int Step = 17;

    [Fact]
    public void The_grid_holds_every_level_of_every_factor_and_no_wave_runs_into_the_next_beat()
    {
        var cases = SimulatedGrid.Cases();
        Assert.InRange(cases.Count, 300, 600);
        Assert.Equal([30, 45, 60, 80, 100, 130, 150, 180, 200, 220], cases.Select(c => c.Beat.RatePerMinute).Distinct().Order());
        Assert.Equal((0.28, 0.6), Extent(cases.Where(c => c.Beat.RatePerMinute < 180).Select(c => c.Beat.QtSeconds)));
        Assert.Equal((0.08, 0.32), Extent(cases.Where(c => c.Beat.RatePerMinute < 180).Select(c => c.Beat.PrSeconds)));
        Assert.Equal((0.06, 0.2), Extent(cases.Select(c => c.Beat.QrsSeconds)));
        Assert.Equal(Enum.GetValues<TWaveShape>(), cases.Select(c => c.Beat.TShape).Distinct().Order());
        Assert.Equal([10, 20, 30, 40], cases.Select(c => c.Decibels).Distinct().Order());
        Assert.All(cases, c => Assert.True(c.Beat.QtSeconds + c.Beat.PrSeconds <= 60 / c.Beat.RatePerMinute && c.Beat.PSeconds < c.Beat.PrSeconds));
    }

    [Fact]
    public void No_measure_of_a_simulated_ECG_is_other_than_finite_or_absent_and_its_marks_stand_in_their_order()
    {
        foreach (var one in SimulatedGrid.Cases().Where((_, i) => i % Step == 0))
        {
            var examination = one.Examine().Examination;
            Assert.All(examination.Measurements.Concat(examination.Variability), m => Assert.True(m.Value is null || double.IsFinite(m.Value.Value), $"{one}: {m.Name}"));
            Assert.All(examination.Rhythm, r => Assert.True(double.IsFinite(r.OnsetSeconds) && r.EndSeconds >= r.OnsetSeconds));
            Assert.All(examination.Beats, b => Assert.Equal(examination.Leads.Count, b.Leads.Count));
            Assert.All(examination.Beats.SelectMany(b => b.Leads.Append(b.Global)), w => AssertInOrder(w, one));
        }
    }

    [Fact]
    public void Beats_are_found_and_a_clean_QRS_complex_and_QT_are_measured_within_limits_over_the_whole_grid()
    {
        foreach (var one in SimulatedGrid.Cases().Where((c, i) => i % Step == 1 && c.Decibels >= 20))
        {
            var outcome = one.Measure();
            Assert.Equal(0, outcome.Beats.FalsePositives);
            Assert.Equal(outcome.Beats.Beats, outcome.Beats.TruePositives);
            Assert.InRange(outcome.IntervalErrorsMs[1]!.Value, -25, 30);
            Assert.InRange(outcome.IntervalErrorsMs[2]!.Value, -45, 45);
        }
    }

    private static (double Least, double Most) Extent(IEnumerable<double> values)
    {
        var all = values.ToList();
        return (all.Min(), all.Max());
    }

    private static void AssertInOrder(WaveMarks w, SimulatedCase one)
    {
        long[] marks = [.. new[] { w.POn, w.P, w.POff, w.QrsOn, w.R, w.QrsOff, w.T, w.TOff }.OfType<long>()];
        Assert.True(marks.Zip(marks.Skip(1)).All(p => p.First <= p.Second), $"{one}: {string.Join(' ', marks)}");
        Assert.All([w.PConfidence, w.QrsConfidence, w.TConfidence], c => Assert.InRange(c, 0, 1));
    }
}
