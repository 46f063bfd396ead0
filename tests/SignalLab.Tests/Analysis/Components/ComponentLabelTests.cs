using SignalLab.Analysis.Components;
using SignalLab.Analysis.Simulation;
using SignalLab.Formats.Electrodes;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Components;

public class ComponentLabelTests
{
    private const double RateHz = 256;
    private const int Count = 256 * 60;

    private static readonly string[] Names = ["Fp1", "Fp2", "F7", "F3", "Fz", "F4", "F8", "T7", "C3", "Cz", "C4", "T8", "P7", "P3", "Pz", "P4", "P8", "O1", "O2"];

    private static readonly Recording Known = Mixed();

    private static readonly Decomposition Found = Known.Decompose(new() { Method = ComponentMethod.PicardOrthogonal, Components = 8 }).Label(Known);

    // One source of each class through a map that is its own; the truth decides which component is meant.
    [Theory]
    [InlineData(0, ComponentClass.Blink)]
    [InlineData(1, ComponentClass.EyeMovement)]
    [InlineData(2, ComponentClass.Muscle)]
    [InlineData(3, ComponentClass.Heart)]
    [InlineData(4, ComponentClass.LineNoise)]
    [InlineData(5, ComponentClass.ChannelNoise)]
    [InlineData(6, ComponentClass.Brain)]
    [InlineData(7, ComponentClass.Brain)]
    public void Each_kind_of_source_is_known_again(int source, ComponentClass expected)
    {
        var truth = Sources()[source];
        var components = Enumerable.Range(0, Found.Count).Select(k => Mixtures.Correlation(truth, Found.Sources(Known).ReadAll(k))).ToList();
        var label = Found.Labels[components.IndexOf(components.Max())];

        Assert.InRange(components.Max(), 0.9, 1);
        Assert.True(expected == label.Class, $"expected {expected}, got {label.Class} {label.Confidence:0.00}: {label.Evidence}");
        Assert.InRange(label.Confidence, 0.5, 1);
        Assert.Equal(1, label.Scores.Values.Sum(), 1e-12);
    }

    [Fact]
    public void The_artefacts_are_those_and_no_more()
    {
        var truth = Sources();
        var artifacts = Found.Artifacts(0.5).Select(k => Enumerable.Range(0, truth.Length).MaxBy(s => Mixtures.Correlation(truth[s], Found.Sources(Known).ReadAll(k)))).Order();
        Assert.Equal([0, 1, 2, 3, 4, 5], artifacts);
    }

    [Fact]
    public void An_eye_channel_decides_where_there_are_no_places()
    {
        var blinks = Sources()[0];
        var random = new Random(2);
        var channels = Names.Select(n => new Channel($"x{n}", ChannelKind.Eeg, Unit.Microvolt, RateHz, Count)).Append(new Channel("VEOG", ChannelKind.Eog, Unit.Microvolt, RateHz, Count));
        var withEye = new Recording([.. channels], new MemorySamples([.. Enumerable.Range(0, Names.Length).Select(Known.ReadAll), [.. blinks.Select(v => (30 * v) + Mixtures.Normal(random))]]));
        var found = withEye.Decompose(new() { Method = ComponentMethod.PicardOrthogonal }).Label(withEye);
        var blink = Assert.Single(found.Labels, l => l.Class == ComponentClass.Blink);

        Assert.Contains("with VEOG", blink.Evidence, StringComparison.Ordinal);
        Assert.InRange(blink.Confidence, 0.8, 1);
    }

    [Fact]
    public void In_a_simulated_recording_blinks_are_found_and_alpha_stays()
    {
        var recording = EegSimulation.Create(7, 60, false).Data.WithLayout(StandardLayouts.TenTen05);
        var found = recording.Decompose(new() { Method = ComponentMethod.PicardOrthogonal }).Label(recording);

        Assert.Single(found.Labels, l => l.Class == ComponentClass.Blink);
        Assert.Equal(ComponentClass.Brain, found.Labels[0].Class);
        Assert.Contains("alpha", found.Labels[0].Evidence, StringComparison.Ordinal);
        Assert.Contains(found.Labels, l => l.Class == ComponentClass.Muscle);
        Assert.DoesNotContain(0, found.Artifacts());
    }

    private static Recording Mixed()
    {
        var random = new Random(11);
        double Near(string name, string centre, double width)
        {
            Point3 Unit(string n) => StandardLayouts.TenTen05.Find(n)!.PositionMetres.Unit();
            var d = Unit(name) - Unit(centre);
            return Math.Exp(-d.Dot(d) / (2 * width * width));
        }

        var mixing = Names.Select((n, c) => (double[])
        [
            60 * (Near(n, "Fp1", 0.5) + Near(n, "Fp2", 0.5)), 35 * (Near(n, "F8", 0.5) - Near(n, "F7", 0.5)), 8 * Near(n, "T8", 0.35), 6 * (1 + (0.4 * Near(n, "P7", 0.8)) - (0.7 * Near(n, "F4", 0.8))),
            9 + random.NextDouble(), n == "C3" ? 25 : 0, 15 * (Near(n, "O1", 0.6) + Near(n, "O2", 0.6)), 12 * Near(n, "Cz", 0.7),
        ]).ToArray();
        return Mixtures.Of(Sources(), mixing, RateHz, Names).WithLayout(StandardLayouts.TenTen05);
    }

    private static double[][] Sources()
    {
        var random = new Random(4);
        double[] White() => [.. Enumerable.Range(0, Count).Select(_ => Mixtures.Normal(random))];
        var blink = Events(random, 3, 2, t => Math.Exp(-t * t / (2 * 0.07 * 0.07)));
        var gaze = new double[Count];
        for (var (t, level) = (0, 0.0); t < Count; t++)
        {
            level = random.NextDouble() < 1 / (1.2 * RateHz) ? (2 * random.NextDouble()) - 1 : level;
            gaze[t] = level;
        }

        var muscle = White();
        for (var t = 0; t < Count; t++)
        {
            muscle[t] *= Math.Sin(t * 0.002) > 0.6 ? 1 : 0.1;
        }

        var heart = Events(random, 0.9, 0.02, t => Math.Exp(-t * t / (2 * 0.012 * 0.012)));
        double[] line = [.. Enumerable.Range(0, Count).Select(t => Math.Sin(2 * Math.PI * 50.02 * t / RateHz))];
        var contact = Pops(random);
        double[] alpha = [.. Enumerable.Range(0, Count).Select(t => Math.Sin(2 * Math.PI * 10.1 * t / RateHz) * (1 + Math.Sin(t * 0.0031) + (0.5 * Math.Sin(t * 0.0117))))];
        var pink = new double[Count];
        for (var (t, a, b, c) = (0, 0.0, 0.0, 0.0); t < Count; t++)
        {
            var w = Mixtures.Laplacian(random);
            (a, b, c) = ((0.99 * a) + (0.14 * w), (0.9 * b) + (0.14 * w), (0.5 * c) + (0.1 * w));
            pink[t] = a + b + c;
        }

        return [blink, gaze, muscle, heart, line, contact, alpha, pink];
    }

    private static double[] Pops(Random random)
    {
        var values = new double[Count];
        for (var (t, level) = (0, 0.0); t < Count; t++)
        {
            level = random.NextDouble() < 0.4 / RateHz ? 6 * (random.NextDouble() - 0.5) : level * 0.995;
            values[t] = level + (0.05 * Mixtures.Normal(random));
        }

        return values;
    }

    private static double[] Events(Random random, double everySeconds, double spreadSeconds, Func<double, double> shape)
    {
        var values = new double[Count];
        for (var at = everySeconds; at < (Count / RateHz) - 1; at += everySeconds + (spreadSeconds * (random.NextDouble() - 0.5)))
        {
            for (var t = Math.Max(0, (int)((at - 0.5) * RateHz)); t < Math.Min(Count, (int)((at + 0.5) * RateHz)); t++)
            {
                values[t] += shape((t / RateHz) - at);
            }
        }

        return values;
    }
}
