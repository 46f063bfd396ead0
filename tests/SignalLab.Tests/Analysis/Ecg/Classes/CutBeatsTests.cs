using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Classes;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg.Classes;

public sealed class CutBeatsTests
{
    [Fact]
    public void A_complex_that_an_edge_or_a_gap_cuts_is_not_ventricular()
    {
        // 10 s at 250 Hz with a gap after 4 s: samples 0…999 and 1000…1999.
        var recording = new Recording([new("II", ChannelKind.Ecg, Unit.Millivolt, 250, 2000)], new MemorySamples([new double[2000]])) { Segments = [new(0, 4), new(6, 4)] };
        (long Sample, BeatClass Told, BeatClass Expected)[] beats =
        [
            (5, BeatClass.Ventricular, BeatClass.Unclassifiable), (200, BeatClass.Ventricular, BeatClass.Ventricular), (980, BeatClass.Fusion, BeatClass.Unclassifiable),
            (1008, BeatClass.Supraventricular, BeatClass.Supraventricular), (1011, BeatClass.Ventricular, BeatClass.Unclassifiable), (1020, BeatClass.Ventricular, BeatClass.Ventricular), (1990, BeatClass.Normal, BeatClass.Normal),
        ];
        Assert.Equal(beats.Select(b => b.Expected), CutBeats.Unclassed(recording, 0, [.. beats.Select(b => new Beat(b.Sample, b.Sample / 250.0))], [.. beats.Select(b => b.Told)]));
    }
}
