using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Classes;
using SignalLab.Analysis.Simulation;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg.Classes;

public sealed class RuleBeatClassifierTests
{
    private readonly RuleBeatClassifier rules = new();

    [Fact]
    public void Ectopic_beats_of_a_strip_are_named()
    {
        var strip = EcgSimulation.Strip(5, 300).Data;
        var beats = strip.Annotations.Select(a => new Beat((long)Math.Round(a.OnsetSeconds * 250), a.OnsetSeconds)).ToArray();
        var classes = rules.Classify(strip, strip.EcgLeads(), beats);
        var expected = strip.Annotations.Select(a => a.Text switch { "V" => BeatClass.Ventricular, "A" => BeatClass.Supraventricular, _ => BeatClass.Normal }).ToArray();
        Assert.Contains(BeatClass.Ventricular, expected);
        Assert.Contains(BeatClass.Supraventricular, expected);
        Assert.Equal(expected, classes);
    }

    [Fact]
    public void A_paced_beat_is_not_classified_and_sinus_beats_are_normal()
    {
        var simulated = EcgSimulation.TwelveLead(3, 30).Data;
        var beats = simulated.DetectBeats().Select((a, i) => new Beat(simulated.SampleAt(0, a.OnsetSeconds - 1e-6), a.OnsetSeconds) { IsPaced = i == 4 }).ToArray();
        var classes = rules.Classify(simulated, simulated.EcgLeads(), beats);
        Assert.Equal(beats.Select(b => b.IsPaced ? BeatClass.Unclassifiable : BeatClass.Normal), classes);
    }

    [Fact]
    public void One_beat_no_beat_and_a_flat_lead_have_a_result()
    {
        var flat = new Recording([new("II", ChannelKind.Ecg, Unit.Millivolt, 250, 1000)], new MemorySamples([new double[1000]]));
        Assert.Empty(rules.Classify(flat, [0], []));
        Assert.Single(rules.Classify(flat, [0], [new Beat(500, 2)]));
        Assert.All(BeatFeatures.Of(flat, [0], [new Beat(250, 1), new Beat(500, 2)]).Values.SelectMany(v => v), v => Assert.True(float.IsFinite(v)));
    }
}
