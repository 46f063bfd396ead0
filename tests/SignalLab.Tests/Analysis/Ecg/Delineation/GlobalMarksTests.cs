using SignalLab.Analysis.Ecg;

namespace SignalLab.Tests.Analysis.Ecg.Delineation;

/// <summary>How the leads' marks become those over all leads, at 500 values a second.</summary>
public sealed class GlobalMarksTests
{
    // Ends of QRS in samples: V1 with III, I and aVL late, as in a right bundle-branch block; the left-sided leads end 12 samples before.
    private static readonly long[] Block = [101, 90, 100, 94, 100, 94, 102, 90, 90, 90, 90, 90];

    [Fact]
    public void A_complex_ends_with_its_latest_leads_though_most_end_before() => Assert.Equal(102, Ends([.. Block], m => m.QrsOff));

    [Fact]
    public void One_lead_far_behind_all_others_is_no_end()
    {
        Assert.Equal(102, Ends([.. Block, 140], m => m.QrsOff));
        Assert.Equal(90, Ends([90, 90, 90, 90, 90, 90, 90, 90, 140, 130, 120, 110], m => m.QrsOff));
    }

    [Fact]
    public void An_end_of_T_needs_half_of_the_leads()
    {
        Assert.Equal(90, Ends([.. Block], m => m.TOff));
        Assert.Equal(101, Ends([101, 99, 100, 94, 100, 99, 101, 90, 90, 90, 90, 90], m => m.TOff));
    }

    [Fact]
    public void An_onset_needs_three_others_near_it()
    {
        long[] onsets = [10, 11, 12, 20, 20, 21, 21, 21, 22, 22, 22, 22];
        Assert.Equal(20, GlobalMarks.Join([.. onsets.Select(o => new WaveMarks { QrsOn = o, QrsOff = 90, QrsConfidence = 1 })], 50, 500).QrsOn);
        onsets[3] = 12;
        Assert.Equal(10, GlobalMarks.Join([.. onsets.Select(o => new WaveMarks { QrsOn = o, QrsOff = 90, QrsConfidence = 1 })], 50, 500).QrsOn);
    }

    [Theory]
    [InlineData(new long[] { 90 }, 90)]
    [InlineData(new long[] { 90, 100 }, 100)]
    [InlineData(new long[] { 90, 90, 100 }, 90)]
    [InlineData(new long[] { 90, 99, 100 }, 100)]
    public void Few_leads_ask_for_little_company(long[] ends, long expected) => Assert.Equal(expected, Ends(ends, m => m.QrsOff));

    [Fact]
    public void A_T_wave_that_is_not_told_from_noise_has_no_marks_while_another_lead_is_surer()
    {
        WaveMarks Of(double confidence) => new() { QrsOn = 40, T = 200, TOff = 240, TConfidence = confidence };
        Assert.Equal([240L, null, 240L], GlobalMarks.Sure([Of(0.9), Of(0.2), Of(0.3)]).Select(m => m.TOff));
        Assert.Equal([null, 240L], GlobalMarks.Sure([Of(0.1), Of(0.2)]).Select(m => m.TOff));
        Assert.Empty(GlobalMarks.Sure([]));
    }

    private static long? Ends(long[] ends, Func<WaveMarks, long?> mark) =>
        mark(GlobalMarks.Join([.. ends.Select(e => new WaveMarks { QrsOn = 40, QrsOff = e, QrsConfidence = 1, TOff = e, T = 60, TConfidence = 1 })], 50, 500));
}
