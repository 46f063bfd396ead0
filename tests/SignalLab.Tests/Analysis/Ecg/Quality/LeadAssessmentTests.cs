using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Quality;
using SignalLab.Analysis.Simulation;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg.Quality;

public sealed class LeadAssessmentTests
{
    private const int Rate = 250;

    [Fact]
    public void A_clean_ECG_has_no_trouble_in_any_lead()
    {
        var recording = EcgSimulation.TwelveLead(3, 20).Data;
        Assert.All(recording.AssessLeads(recording.EcgLeads()), q =>
        {
            Assert.Empty(q.Troubles);
            Assert.Equal(1, q.Score);
            Assert.Equal(20, q.Seconds.Count);
        });
    }

    [Fact]
    public void Each_trouble_is_named_where_it_is()
    {
        var lead = Clean();
        lead.AsSpan(5 * Rate, 3 * Rate).Fill(0.1);
        lead.AsSpan(10 * Rate, 2 * Rate).Fill(4.9);
        lead.AsSpan(15 * Rate, 2 * Rate).Fill(double.NaN);
        var random = new Random(4);
        for (var i = 20 * Rate; i < 23 * Rate; i++)
        {
            lead[i] += random.NextDouble() - 0.5;
        }

        // Overdriven: what exceeds the range rests at its end.
        for (var i = 30 * Rate; i < 31 * Rate; i++)
        {
            lead[i] = Math.Clamp(8 * Math.Sin(2 * Math.PI * 1.5 * i / Rate), -2, 2);
        }

        var quality = Assert.Single(Of(lead).AssessLeads([0]));
        Assert.Equal(
            [(5.0, 3.0, LeadAssessment.Flat), (10, 2, LeadAssessment.LeadOff), (15, 2, LeadAssessment.LeadOff), (20, 3, LeadAssessment.Noise), (30, 1, LeadAssessment.Saturated)],
            quality.Troubles.Select(t => (t.OnsetSeconds, t.DurationSeconds, t.Text)));
        Assert.All(quality.Troubles, t => Assert.Equal(("II", new Origin(OriginKind.Algorithm, LeadAssessment.Method)), (t.Channel, t.Origin)));
        Assert.Equal(29 / 40.0, quality.Score, 1e-9);
    }

    [Fact]
    public void A_step_of_the_baseline_is_named()
    {
        var lead = Clean();
        for (var i = (int)(12.5 * Rate); i < lead.Length; i++)
        {
            lead[i] += 3;
        }

        Assert.Equal([(12.0, LeadAssessment.BaselineJump)], Of(lead).AssessLeads([0])[0].Troubles.Select(t => (t.OnsetSeconds, t.Text)));
    }

    [Fact]
    public void Troubles_stand_at_real_times_behind_a_gap()
    {
        var lead = Clean();
        lead.AsSpan(25 * Rate, 5 * Rate).Clear();
        var recording = Of(lead) with { Segments = [new(0, 20), new(100.5, 20)] };
        Assert.Equal([(105.5, 5.0)], recording.AssessLeads([0])[0].Troubles.Select(t => (t.OnsetSeconds, t.DurationSeconds)));
    }

    [Fact]
    public void Empty_and_very_short_leads_have_a_result()
    {
        Assert.Equal(0, Of([]).AssessLeads([0])[0].Score);
        Assert.Equal(LeadAssessment.Flat, Assert.Single(Of([1]).AssessLeads([0])[0].Troubles).Text);
        Assert.Equal(LeadAssessment.LeadOff, Assert.Single(Of([double.PositiveInfinity, double.NaN]).AssessLeads([0])[0].Troubles).Text);
    }

    [Fact]
    public void Nothing_is_taken_for_a_beat_where_no_lead_is_fit()
    {
        var lead = Clean();
        var random = new Random(5);
        for (var i = 20 * Rate; i < 30 * Rate; i++)
        {
            lead[i] = 3 * (random.NextDouble() - 0.5);
        }

        var recording = Of(lead);
        var beats = recording.DetectBeats([0], recording.AssessLeads([0]));
        Assert.DoesNotContain(beats, b => b.OnsetSeconds is >= 20 and < 30);
        Assert.True(beats.Count >= 33, $"{beats.Count} beats");
    }

    private static double[] Clean() => QrsDetectorTests.Lead(QrsDetectorTests.Beats(0.8, 40), 40, noise: 0.01);

    private static Recording Of(double[] samples) => new([new("II", ChannelKind.Ecg, Unit.Millivolt, Rate, samples.Length)], new MemorySamples([samples]));
}
