using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Classes;
using SignalLab.Analysis.Simulation;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg.Classes;

public sealed class BeatClusteringTests
{
    private const double RateHz = 250;

    [Fact]
    public void Ectopic_beats_of_a_strip_have_shapes_of_their_own()
    {
        var strip = EcgSimulation.Strip(5, 300).Data;
        var beats = strip.Annotations.Select(a => new Beat((long)Math.Round(a.OnsetSeconds * RateHz), a.OnsetSeconds)).ToArray();
        var clusters = strip.ClusterBeats(strip.EcgLeads(), beats);
        Assert.Equal(beats.Length, clusters.Indices.Count);
        Assert.Equal(clusters.Templates.Count, clusters.Indices.Distinct().Count());
        var ventricular = clusters.Indices.Where((_, i) => strip.Annotations[i].Text == "V").Distinct().ToArray();
        Assert.NotEmpty(ventricular);
        Assert.DoesNotContain(strip.Annotations.Select((a, i) => (a.Text, clusters.Indices[i])), p => p.Text != "V" && ventricular.Contains(p.Item2));
        Assert.All(clusters.Templates.Select((t, k) => (t, k)), p => Assert.Equal(clusters.Indices.Count(i => i == p.k), p.t.Count));
        Assert.Equal(clusters.Templates.Select(t => t.Count).OrderDescending(), clusters.Templates.Select(t => t.Count));
        Assert.All(clusters.Templates, t => Assert.Equal(2, t.Waveforms.Count));
    }

    [Fact]
    public void However_many_shapes_there_are_the_templates_are_bounded()
    {
        var random = new Random(9);
        var samples = new double[600 * 250];
        var beats = new List<Beat>();
        for (var at = 250L; at + 250 < samples.Length; at += 250)
        {
            beats.Add(new Beat(at, at / RateHz));
            double level = 0;
            for (var i = -25; i < 35; i++)
            {
                level = (0.8 * level) + random.NextDouble() - 0.5;
                samples[at + i] = level;
            }
        }

        var clusters = Of(samples).ClusterBeats([0], beats);
        Assert.InRange(clusters.Templates.Count, 2, BeatClustering.MostTemplates);
        Assert.Equal(beats.Count, clusters.Templates.Sum(t => t.Count));
        Assert.All(clusters.Indices, i => Assert.InRange(i, 0, clusters.Templates.Count - 1));
    }

    [Fact]
    public void Beats_at_the_ends_at_gaps_and_among_missing_samples_are_grouped_too()
    {
        var lead = QrsDetectorTests.Lead(QrsDetectorTests.Beats(0.8, 20), 20, noise: 0.01);
        lead.AsSpan(2500, 300).Fill(double.NaN);
        var recording = Of(lead) with { Segments = [new(0, 10), new(50, 10)] };
        Beat[] beats = [new(0, 0), new(2499, 9.996), new(2500, 50), new(2650, 50.6), new(4999, 59.996)];
        var clusters = recording.ClusterBeats([0], beats);
        Assert.Equal(5, clusters.Indices.Count);
        Assert.All(clusters.Templates.SelectMany(t => t.Waveforms[0]), v => Assert.True(double.IsFinite(v)));
    }

    [Fact]
    public void Without_beats_or_leads_there_is_no_shape()
    {
        Assert.Empty(Of(new double[500]).ClusterBeats([0], []).Templates);
        Assert.Equal([-1], Of(new double[500]).ClusterBeats([], [new Beat(10, 0.04)]).Indices);
    }

    private static Recording Of(double[] samples) => new([new("II", ChannelKind.Ecg, Unit.Millivolt, RateHz, samples.Length)], new MemorySamples([samples]));
}
