using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Classes;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg.Classes;

public sealed class LocalShapeTests
{
    private const int RateHz = 240;

    private static readonly string[] Names = ["local QRS correlation", "local QRS size", "local QRS correlation, least lead", "QRS correlation"];

    [Fact]
    public void Where_all_complexes_change_for_a_while_none_is_foreign_there_and_one_unlike_them_is()
    {
        // An axis that turns for sixty beats, and one foreign beat among them.
        var features = Features([.. Enumerable.Range(0, 200).Select(i => i == 150 ? (-0.9, 1.4, 0.04) : i is >= 120 and < 180 ? (0.2, -0.6, 0.01) : (1.0, 0.5, 0.01))]);
        Assert.All(features[125..150].Concat(features[151..175]), f =>
        {
            Assert.InRange(f[0], 0.99, 1.001);
            Assert.InRange(f[1], -0.02, 0.02);
            Assert.InRange(f[2], 0.98, 1.001);
            Assert.True(f[3] < 0.6);
        });
        Assert.True(features[150][0] < 0.5);
        Assert.True(features[150][1] > 0.5);
        Assert.InRange(features[60][0], 0.99, 1.001);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(36)]
    public void The_first_and_the_last_beats_have_values_however_few_there_are(int count) =>
        Assert.All(Features([.. Enumerable.Repeat((1.0, 0.5, 0.01), count)]), f => Assert.InRange(f[0], 0.99, 1.001));

    // One beat a second; of each the height in two leads and the width.
    private static float[][] Features((double One, double Other, double WidthSeconds)[] shapes)
    {
        double[][] samples = [new double[(shapes.Length + 1) * RateHz], new double[(shapes.Length + 1) * RateHz]];
        var beats = shapes.Select((_, i) => new Beat((i + 1) * (long)RateHz - (RateHz / 2), i + 0.5)).ToArray();
        foreach (var (shape, beat) in shapes.Zip(beats))
        {
            for (var k = -RateHz / 2; k < RateHz / 2; k++)
            {
                var wave = Math.Exp(-0.5 * Math.Pow(k / (shape.WidthSeconds * RateHz), 2));
                samples[0][beat.Sample + k] += shape.One * wave;
                samples[1][beat.Sample + k] += shape.Other * wave;
            }
        }

        var recording = new Recording([.. new[] { "II", "V1" }.Select(n => new Channel(n, ChannelKind.Ecg, Unit.Millivolt, RateHz, samples[0].Length))], new MemorySamples(samples));
        return [.. BeatFeatures.Of(recording, [0, 1], beats).Values.Select(v => Names.Select(n => v[BeatFeatures.IndexOf(n)]).ToArray())];
    }
}
