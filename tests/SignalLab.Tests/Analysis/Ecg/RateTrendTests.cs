using SignalLab.Analysis.Ecg;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg;

public sealed class RateTrendTests
{
    [Fact]
    public void An_even_rhythm_has_one_rate_in_every_minute()
    {
        var bins = Examined(Enumerable.Range(0, 240).Select(i => (i * 0.75, BeatClass.Normal)), 180).TrendOver(60);
        Assert.Equal(3, bins.Count);
        Assert.Equal([0.0, 60, 120], bins.Select(b => b.OnsetSeconds));
        Assert.All(bins, b =>
        {
            Assert.Equal(80, b.MeanBpm!.Value, 1e-9);
            Assert.Equal(80, b.MinBpm!.Value, 1e-9);
            Assert.Equal(80, b.MaxBpm!.Value, 1e-9);
            Assert.Equal(80, b.Beats);
        });
    }

    [Fact]
    public void No_interval_crosses_a_gap()
    {
        var beats = Enumerable.Range(0, 10).Select(i => (i * 1.0, BeatClass.Normal)).Concat(Enumerable.Range(100, 10).Select(i => (i * 1.0, BeatClass.Normal)));
        var examination = Examined(beats, 20, [new Segment(0, 10), new Segment(99.5, 10)]);
        Assert.Equal([0, 10], examination.IntervalsBefore().Select((v, i) => (v, i)).Where(p => double.IsNaN(p.v)).Select(p => p.i));
        Assert.Equal(1, examination.TrendOver(60).Max(b => b.LongestSeconds), 1e-9);
    }

    [Fact]
    public void The_moments_that_stand_out_are_found()
    {
        // 60 /min, then 120 /min, a pause of 3 s, three ventricular beats.
        var times = new List<(double, BeatClass)>();
        var t = 0.0;
        void Add(int count, double rr, BeatClass kind)
        {
            for (var i = 0; i < count; i++)
            {
                t += rr;
                times.Add((t, kind));
            }
        }

        Add(40, 1, BeatClass.Normal);
        Add(40, 0.5, BeatClass.Normal);
        Add(1, 3, BeatClass.Normal);
        Add(20, 1, BeatClass.Normal);
        Add(3, 0.4, BeatClass.Ventricular);
        Add(20, 1, BeatClass.Normal);
        Add(1, 0.6, BeatClass.Supraventricular);
        Add(10, 1, BeatClass.Normal);
        var moments = Examined(times, t + 1).Moments();
        Assert.Equal(["fastest rate", "slowest rate", "longest pause", "longest ventricular run", "supraventricular ectopic"], moments.Select(m => m.Name));
        Assert.Equal("120 /min over 8 intervals", moments[0].Evidence);
        Assert.Equal((60.0, 63.0), (moments[2].OnsetSeconds, Math.Round(moments[2].EndSeconds, 6)));
        Assert.Equal("3.00 s", moments[2].Evidence);
        Assert.Equal("3 beats", moments[3].Evidence);
        Assert.Equal("single", moments[4].Evidence);
    }

    [Fact]
    public void Without_beats_there_is_no_rate_and_no_moment()
    {
        var examination = Examined([], 90);
        Assert.Equal([null, null], examination.TrendOver(60).Select(b => b.MeanBpm));
        Assert.Empty(examination.Moments());
        Assert.Throws<ArgumentOutOfRangeException>(() => examination.TrendOver(0));
    }

    private static EcgExamination Examined(IEnumerable<(double Seconds, BeatClass Class)> beats, double seconds, IReadOnlyList<Segment>? segments = null)
    {
        const double rate = 100;
        var count = (long)Math.Round(seconds * rate);
        var recording = new Recording([new Channel("II", ChannelKind.Ecg, Unit.Millivolt, rate, count)], new MemorySamples([new double[count]]));
        recording = segments is null ? recording : recording with { Segments = segments };
        return new(recording, [0], [.. beats.Select(b => new Beat((long)Math.Round(b.Seconds * rate), b.Seconds) { Class = b.Class })]);
    }
}
