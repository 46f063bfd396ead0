using SignalLab.Analysis.Ecg;
using SignalLab.Model;
using SignalLab.Tests.Analysis.Ecg.Rhythm;

namespace SignalLab.Tests.Analysis.Ecg.Variability;

public sealed class HeartRateVariabilityTests
{
    [Theory]
    [InlineData("mean NN", 795.0115950796531)]
    [InlineData("SDNN", 35.960902175975406)]
    [InlineData("SDANN", 16.455835234774842)]
    [InlineData("SDNN index", 31.703563702673886)]
    [InlineData("RMSSD", 27.48054436562683)]
    [InlineData("SDSD", 27.485552487221792)]
    [InlineData("NN50", 116)]
    [InlineData("pNN50", 5.348086675887505)]
    [InlineData("triangular index", 10.699029126213592)]
    [InlineData("TINN", 156.25)]
    [InlineData("VLF", 377.16394888586984)]
    [InlineData("LF", 71.15110822714671)]
    [InlineData("HF", 534.4922507617814)]
    [InlineData("LF/HF", 0.13311906416929165)]
    [InlineData("total power", 982.807307874798)]
    [InlineData("SD1", 19.435220548373305)]
    [InlineData("SD2", 47.01970322694441)]
    [InlineData("sample entropy", 1.7886297257728703)]
    [InlineData("DFA alpha1", 0.6883715762516536)]
    public void MIT_BIH_100_gives_the_values_that_NumPy_gives(string name, double expected)
    {
        // Reference beats; NN intervals, five-minute segments with at least 225 s of them; written from the definitions in NumPy 1.24: classical Lomb-Scargle with Lomb's tau
        // times the mean NN interval, four frequencies a peak's width; sample entropy m = 2, r = 0.2 SDNN; polyfit in boxes of 4 to 16.
        var (examination, _) = RhythmAnalysisTests.Reference(SharedData.File("ecg/mitdb/100.atr"));
        var measured = examination.MeasureVariability().Single(m => m.Name == name);
        Assert.Null(measured.Reason);
        Assert.Equal(expected, measured.Value!.Value, 1e-7 * Math.Max(1, expected));
        Assert.Contains("2204 NN intervals", measured.Method, StringComparison.Ordinal);
        Assert.Contains("68 interval(s)", measured.Method, StringComparison.Ordinal);
    }

    [Fact]
    public void A_breath_at_a_quarter_hertz_is_high_frequency_power_of_half_its_amplitude_squared()
    {
        var measured = Of(Intervals(600, t => 0.8 + (0.03 * Math.Sin(2 * Math.PI * 0.25 * t)))).MeasureVariability();
        Assert.Equal(450, Value(measured, "HF"), 20.0);
        Assert.InRange(Value(measured, "LF"), 0, 10);
        Assert.InRange(Value(measured, "HF norm"), 97, 100);
        Assert.Equal(30 / Math.Sqrt(2), Value(measured, "SDNN"), 0.6);
    }

    [Fact]
    public void Ectopic_beats_leave_the_variability_as_it_is()
    {
        var beats = Intervals(600, t => 0.8 + (0.03 * Math.Sin(2 * Math.PI * 0.1 * t)));
        var clean = Of(beats).MeasureVariability();
        var ectopic = Of([.. beats.Select((b, i) => i % 25 == 12 ? b with { Seconds = b.Seconds - 0.3, Class = BeatClass.Ventricular } : b)]).MeasureVariability();
        foreach (var name in new[] { "SDNN", "RMSSD", "LF", "SD2" })
        {
            Assert.InRange(Value(ectopic, name) / Value(clean, name), 0.93, 1.07);
        }
    }

    [Fact]
    public void What_the_recording_is_too_short_for_has_a_reason_and_no_value()
    {
        foreach (var measured in Of(Intervals(10, _ => 0.8)).MeasureVariability())
        {
            Assert.Null(measured.Value);
            Assert.Contains("are needed", measured.Reason, StringComparison.Ordinal);
        }

        var short90 = Of(Intervals(90, t => 0.8 + (0.02 * Math.Sin(t)))).MeasureVariability();
        Assert.All(new[] { "SDNN", "RMSSD", "pNN50", "HF" }, n => Assert.NotNull(short90.Single(m => m.Name == n).Value));
        Assert.All(new[] { "LF", "VLF", "ULF", "SDANN", "triangular index", "TINN" }, n => Assert.NotNull(short90.Single(m => m.Name == n).Reason));
    }

    [Fact]
    public void Beats_without_a_class_or_of_a_pacemaker_have_no_variability()
    {
        var beats = Intervals(400, _ => 0.8);
        Assert.All(Of([.. beats.Select(b => b with { Class = BeatClass.Unclassifiable })]).MeasureVariability(), m => Assert.Contains("no class", m.Reason, StringComparison.Ordinal));
        Assert.All(Of([.. beats.Select(b => b with { IsPaced = true })]).MeasureVariability(), m => Assert.NotNull(m.Reason));
        Assert.All(Of([]).MeasureVariability(), m => Assert.NotNull(m.Reason));
    }

    [Fact]
    public void Intervals_that_do_not_vary_give_zeros_or_reasons_and_never_NaN()
    {
        var measured = Of([.. Enumerable.Range(0, 2000).Select(i => new Beat(i * 1000, i) { Class = BeatClass.Normal })]).MeasureVariability();
        Assert.All(measured, m => Assert.True(m.Value is null ? m.Reason is not null : double.IsFinite(m.Value.Value), m.Name));
        Assert.Equal(0, Value(measured, "SDNN"));
    }

    private static double Value(IReadOnlyList<Measurement> measured, string name) => measured.Single(m => m.Name == name).Value!.Value;

    private static Beat[] Intervals(double seconds, Func<double, double> interval)
    {
        var beats = new List<Beat>();
        for (var t = 0.5; t < seconds; t += interval(t))
        {
            beats.Add(new Beat((long)(t * 1000), t) { Class = BeatClass.Normal });
        }

        return [.. beats];
    }

    private static EcgExamination Of(Beat[] beats)
    {
        var length = beats.Length == 0 ? 1000 : (long)((beats[^1].Seconds + 1) * 1000);
        return new(new Recording([new("II", ChannelKind.Ecg, Unit.Millivolt, 1000, length)], new MemorySamples([[]])) { Segments = [new(0, length / 1000.0)] }, [0], beats);
    }
}
