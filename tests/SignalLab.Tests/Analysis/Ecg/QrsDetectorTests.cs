using SignalLab.Analysis.Ecg;

namespace SignalLab.Tests.Analysis.Ecg;

public sealed class QrsDetectorTests
{
    private const double RateHz = 250;

    [Theory]
    [InlineData(30)]
    [InlineData(45)]
    [InlineData(60)]
    [InlineData(90)]
    [InlineData(140)]
    [InlineData(180)]
    [InlineData(220)]
    public void Every_beat_of_an_even_rhythm_is_found_at_its_peak(double perMinute)
    {
        var beats = Beats(60 / perMinute, 60);
        Assert.Equal(beats, QrsDetector.Detect(Lead(beats, 60, noise: 0.01), 1, RateHz));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(128)]
    [InlineData(360)]
    [InlineData(599.88)]
    [InlineData(1000)]
    public void The_sampling_rate_does_not_matter(double rateHz)
    {
        var beats = Beats(0.8, 30, rateHz);
        var found = QrsDetector.Detect(Lead(beats, 30, noise: 0.01, rateHz: rateHz), 1, rateHz);
        Assert.Equal(beats.Length, found.Length);
        Assert.All(beats.Zip(found), p => Assert.InRange(Math.Abs(p.First - p.Second) / rateHz, 0, 0.003));
    }

    [Fact]
    public void Neither_scale_nor_polarity_nor_offset_matters()
    {
        var beats = Beats(0.7, 40);
        var lead = Lead(beats, 40, noise: 0.02);
        foreach (var (scale, offset) in new[] { (1.0, 0.0), (-1, 0), (1e-3, 5), (-4e5, 1e6) })
        {
            Assert.Equal(beats, QrsDetector.Detect(lead.Select(v => (v * scale) + offset).ToArray(), 1, RateHz));
        }
    }

    [Fact]
    public void A_noisy_lead_does_not_spoil_a_clean_one()
    {
        var beats = Beats(0.8, 60);
        double[] leads = [.. Lead(beats, 60, noise: 0.02), .. Lead(beats, 60, height: 0.4, noise: 0.3, seed: 2)];
        Assert.Equal(beats, QrsDetector.Detect(leads, 2, RateHz));
    }

    [Fact]
    public void Artefacts_of_one_lead_are_not_beats_while_another_is_clean()
    {
        // An electrode that is touched: steps several times as tall as a beat, at any time between the beats.
        var beats = Beats(0.8, 120);
        var touched = Lead(beats, 120, height: 0.7, noise: 0.02, seed: 2);
        var random = new Random(3);
        for (var at = 15_000; at < 18_000; at += 60 + random.Next(60))
        {
            var offset = 6 * ((2 * random.NextDouble()) - 1);
            for (var i = at; i < Math.Min(touched.Length, at + 25); i++)
            {
                touched[i] += offset;
            }
        }

        Assert.Equal(beats, QrsDetector.Detect([.. Lead(beats, 120, noise: 0.02), .. touched], 2, RateHz));
    }

    [Fact]
    public void Tall_P_waves_are_not_beats()
    {
        var beats = Beats(0.9, 90);
        var lead = Lead(beats, 90, height: 0.6, noise: 0.01);
        foreach (var beat in beats.Where((_, i) => i % 10 is >= 4 and < 7))
        {
            Add(lead, beat - 55, 0.4, 0.014, RateHz);
        }

        Assert.Equal(beats, QrsDetector.Detect(lead, 1, RateHz));
    }

    [Fact]
    public void A_wide_complex_is_marked_at_its_R_wave_and_not_at_the_deeper_trough_after_it()
    {
        var beats = Beats(0.9, 60);
        var lead = new double[60 * (int)RateHz];
        foreach (var beat in beats)
        {
            Add(lead, beat, 2.2, 0.012, RateHz);
            Add(lead, beat + 25, -2.6, 0.03, RateHz);
            Add(lead, beat + 90, 1, 0.07, RateHz);
        }

        var found = QrsDetector.Detect(lead, 1, RateHz);
        Assert.Equal(beats.Length, found.Length);
        Assert.All(beats.Zip(found), p => Assert.InRange(p.Second - p.First, -2, 2));
    }

    [Fact]
    public void A_dead_lead_does_not_matter()
    {
        var beats = Beats(0.8, 60);
        var lead = Lead(beats, 60, noise: 0.02);
        Assert.Equal(beats, QrsDetector.Detect([.. lead, .. new double[lead.Length], .. Enumerable.Repeat(double.NaN, lead.Length), .. Enumerable.Repeat(7.25, lead.Length)], 4, RateHz));
    }

    [Fact]
    public void Missing_samples_hide_the_beats_in_them_and_make_none()
    {
        var beats = Beats(0.8, 60);
        var lead = Lead(beats, 60, noise: 0.02);
        lead.AsSpan(5000, 1000).Fill(double.NaN);
        Assert.Equal(beats.Where(b => b is < 5000 or >= 6000), QrsDetector.Detect(lead, 1, RateHz));
    }

    [Fact]
    public void A_pause_stays_a_pause()
    {
        long[] beats = [.. Beats(0.8, 60).Where(b => b is < 6000 or > 7800)];
        Assert.Equal(beats, QrsDetector.Detect(Lead(beats, 60, noise: 0.02), 1, RateHz));
    }

    [Fact]
    public void P_waves_without_beats_are_not_beats()
    {
        // Ventricular standstill for half a minute: the atria go on.
        long[] beats = [.. Beats(0.8, 120).Where(b => b is < 10000 or > 17500)];
        var lead = Lead(beats, 120, noise: 0.01);
        foreach (var at in Beats(0.8, 120))
        {
            Add(lead, at - 40, 0.12, 0.025, RateHz);
        }

        Assert.Equal(beats, QrsDetector.Detect(lead, 1, RateHz));
    }

    [Fact]
    public void Tall_T_waves_are_not_beats()
    {
        var beats = Beats(0.9, 60);
        Assert.Equal(beats, QrsDetector.Detect(Lead(beats, 60, noise: 0.01, wave: 1.1), 1, RateHz));
    }

    [Fact]
    public void Wide_early_beats_of_the_other_polarity_are_found()
    {
        var beats = Beats(0.8, 60);
        var lead = Lead(beats, 60, noise: 0.02);
        var early = beats.Where((_, i) => i % 7 == 3).Select(b => b + 105).ToArray();
        foreach (var at in early)
        {
            Add(lead, at, -1.8, 0.035, RateHz);
        }

        // The T wave before them moves their peaks by a sample or two.
        var found = QrsDetector.Detect(lead, 1, RateHz);
        Assert.Equal(beats.Length + early.Length, found.Length);
        Assert.All(beats.Concat(early).Order().Zip(found), p => Assert.InRange(p.First - p.Second, -2, 2));
    }

    [Fact]
    public void Nothing_is_found_where_there_is_nothing()
    {
        Assert.Empty(QrsDetector.Detect([], 1, RateHz));
        Assert.Empty(QrsDetector.Detect(new double[5], 1, RateHz));
        Assert.Empty(QrsDetector.Detect(new double[5000], 1, RateHz));
        Assert.Empty(QrsDetector.Detect([.. Enumerable.Repeat(3.7, 5000)], 1, RateHz));
        Assert.Empty(QrsDetector.Detect([.. Enumerable.Repeat(double.NaN, 5000)], 1, RateHz));
    }

    [Fact]
    public void A_rate_below_the_band_is_an_argument_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => QrsDetector.Detect(new double[500], 1, 50));

    internal static long[] Beats(double rr, double seconds, double rateHz = RateHz) =>
        [.. Enumerable.Range(0, (int)((seconds - 0.6) / rr)).Select(i => (long)Math.Round((0.4 + (i * rr)) * rateHz))];

    /// <summary>QRS complexes 60 ms wide with their T waves, noise, and slow wander.</summary>
    internal static double[] Lead(long[] beats, double seconds, double height = 1, double noise = 0, double wave = 0.25, int seed = 1, double rateHz = RateHz)
    {
        var random = new Random(seed);
        var lead = new double[(int)(seconds * rateHz)];
        for (var i = 0; i < lead.Length; i++)
        {
            lead[i] = (0.1 * Math.Sin(2 * Math.PI * 0.3 * i / rateHz)) + (noise * ((random.NextDouble() * 2) - 1));
        }

        for (var b = 0; b < beats.Length; b++)
        {
            var rr = (b + 1 < beats.Length ? beats[b + 1] - beats[b] : beats[b] - (b > 0 ? beats[b - 1] : beats[b] - (long)rateHz)) / rateHz;
            Add(lead, beats[b], height, 0.012, rateHz);
            Add(lead, beats[b] + (long)(Math.Min(0.28, 0.45 * rr) * rateHz), wave * height, Math.Min(0.05, 0.12 * rr), rateHz);
        }

        return lead;
    }

    private static void Add(double[] lead, long at, double height, double spreadSeconds, double rateHz)
    {
        for (var i = Math.Max(0, at - (long)rateHz); i < Math.Min(lead.Length, at + (long)rateHz); i++)
        {
            var t = (i - at) / rateHz / spreadSeconds;
            lead[i] += height * Math.Exp(-t * t / 2);
        }
    }
}
