using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Simulation;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg;

public sealed class EcgHardInputTests
{
    private static readonly Recording Usual = EcgSimulation.TwelveLead(3, 10).Data;

    public static TheoryData<string> Without => [.. Nothing.Keys];

    private static Dictionary<string, Func<Random, int, double>> Nothing { get; } = new()
    {
        ["flat"] = (_, _) => 0,
        ["flat away from zero"] = (_, _) => 1.25,
        ["at the rail"] = (_, _) => 5,
        ["no numbers"] = (_, _) => double.NaN,
        ["noise"] = (random, _) => 0.3 * Gauss(random),
        ["low noise"] = (random, _) => 0.05 * Gauss(random),
        ["high noise"] = (random, _) => 3 * Gauss(random),
        ["hum"] = (_, i) => Math.Sin(2 * Math.PI * 50 * i / 500),
    };

    [Theory]
    [MemberData(nameof(Without))]
    public void What_holds_no_heartbeat_has_no_number_but_a_reason_that_names_what_it_holds(string name)
    {
        foreach (var leads in new[] { 1, 2, 12 })
        {
            var random = new Random(leads);
            var examination = Changed(Usual, leads, (_, i) => Nothing[name](random, i)).Examine();
            Assert.Empty(examination.Beats);
            Assert.All(examination.Measurements, m => Assert.True(m.Value is null && m.Reason is { Length: > 0 }, m.Name));
            Assert.All(examination.Variability, m => Assert.True(m.Value is null && m.Reason is { Length: > 0 }, m.Name));
            var only = Assert.Single(examination.Rhythm);
            Assert.Equal(RhythmAnalysis.NotMeasurable, only.Name);
            Assert.Contains("What the leads hold", only.Evidence, StringComparison.Ordinal);
            Assert.Contains("What the leads hold", examination.Measurements.Single(m => m.Name == "heart rate").Reason, StringComparison.Ordinal);
            Assert.Contains("What the leads hold", examination.Measurements.Single(m => m.Name == "QT interval").Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Wandering_noise_is_no_heartbeat()
    {
        var (random, level) = (new Random(7), 0.0);
        Assert.Empty(Changed(Usual, 12, (_, _) => level = (0.995 * level) + (0.05 * Gauss(random))).Examine().Beats);
    }

    [Fact]
    public void Upside_down_the_times_are_the_same()
    {
        var (usual, turned) = (Usual.Examine(), Changed(Usual, 12, (v, _) => -v).Examine());
        Assert.Equal(usual.Beats.Count, turned.Beats.Count);
        foreach (var name in new[] { "heart rate", "PR interval", "QRS duration", "QT interval" })
        {
            Assert.Equal(Value(usual, name), Value(turned, name), 4.0);
        }
    }

    [Fact]
    public void One_lead_gives_the_times_and_says_why_there_is_no_axis()
    {
        var examination = Changed(Usual, 1, (v, _) => v).Examine();
        Assert.Equal(Value(Usual.Examine(), "heart rate"), Value(examination, "heart rate"), 0.5);
        var axis = examination.Measurements.Single(m => m.Name == "QRS axis");
        Assert.Null(axis.Value);
        Assert.Contains("aVF", axis.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_has_no_rate_and_says_why()
    {
        var examination = EcgSimulation.TwelveLead(3, 1).Data.Examine();
        Assert.All(examination.Measurements.Where(m => m.Name.StartsWith("RR", StringComparison.Ordinal) || m.Name is "heart rate"), m => Assert.True(m.Value is null && m.Reason!.Contains("needed", StringComparison.Ordinal)));
        Assert.Equal(RhythmAnalysis.NotMeasurable, Assert.Single(examination.Rhythm).Name);
    }

    [Fact]
    public void Clipped_leads_are_named_and_their_beats_are_where_they_were()
    {
        var clipped = Changed(Usual, 12, (v, _) => v > 0.05 ? 5 : -5).Examine();
        Assert.Contains(clipped.Quality, q => q.Troubles.Any(t => t.Text == "saturated"));
        Assert.Equal(Value(Usual.Examine(), "heart rate"), Value(clipped, "heart rate"), 3.0);
    }

    [Theory]
    [InlineData(150)]
    [InlineData(220)]
    public void Fast_and_even_beats_in_noise_stay_beats(double perMinute)
    {
        var simulated = EcgSimulation.TwelveLead(5, 20, SimulatedBeat.At(perMinute), noiseMillivolts: 0.1).Data;
        Assert.Equal(perMinute, Value(simulated.Examine(), "heart rate"), 0.03 * perMinute);
    }

    private static double Value(EcgExamination examination, string name) => examination.Measurements.Single(m => m.Name == name).Value!.Value;

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static Recording Changed(Recording recording, int leads, Func<double, int, double> change)
    {
        var samples = new double[leads][];
        for (var lead = 0; lead < leads; lead++)
        {
            samples[lead] = new double[recording.Channels[lead].SampleCount];
            recording.Samples.Read(lead, 0, samples[lead]);
            for (var i = 0; i < samples[lead].Length; i++)
            {
                samples[lead][i] = change(samples[lead][i], i);
            }
        }

        return recording with { Channels = [.. recording.Channels.Take(leads)], Samples = new MemorySamples(samples) };
    }
}
