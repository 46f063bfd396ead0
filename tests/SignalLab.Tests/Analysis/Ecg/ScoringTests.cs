using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Validation;

namespace SignalLab.Tests.Analysis.Ecg;

/// <summary>The rules by which detections are scored.</summary>
public sealed class ScoringTests
{
    [Fact]
    public void The_nearest_pairs_are_made_first_and_each_mark_is_used_once()
    {
        Assert.Equal([(0, 1), (1, 2)], MarkPairing.Pair([100, 110], [70, 102, 140], 30));
        Assert.Equal([(0, 1), (1, 0)], MarkPairing.Pair([100, 110], [95, 104], 30));
        Assert.Equal([], MarkPairing.Pair([100], [131], 30));
        Assert.Equal([(0, 0)], MarkPairing.Pair([100], [130], 30));
        Assert.Equal([], MarkPairing.Pair([], [1], 30));
        Assert.Equal([double.NaN, 7], MarkPairing.Nearest([1, 8], [7], 3));
    }

    [Fact]
    public void Beats_in_ventricular_flutter_and_other_marks_do_not_count()
    {
        ReferenceMark[] reference = [new(10, "+"), new(100, "N"), new(200, "~"), new(300, "V"), new(400, "["), new(450, "!"), new(500, "]"), new(600, "N")];
        var score = DetectionScore.Of(reference, [100, 310, 450, 800], 1000, windowMs: 20);
        Assert.Equal((2, 1, 1), (score.TruePositives, score.FalseNegatives, score.FalsePositives));
        Assert.Equal((5.0, 5.0), (score.MeanMs, score.SdMs));
        Assert.Equal((200.0 / 3, 200.0 / 3), (score.SensitivityPercent, score.PositivePredictivityPercent));
        Assert.Equal((1, 0), (DetectionScore.Of(reference, [600], 1000, learnSeconds: 0.6).TruePositives, DetectionScore.Of(reference, [600], 1000, learnSeconds: 0.6).FalseNegatives));
    }

    [Fact]
    public void A_fusion_beat_called_ventricular_is_no_error_of_the_ventricular_class_but_one_called_supraventricular_is()
    {
        ReferenceMark[] reference = [new(100, "N"), new(200, "V"), new(300, "F"), new(400, "A"), new(500, "/"), new(600, "V")];
        var score = ClassScore.Of(
            reference,
            [(100, BeatClass.Normal), (200, BeatClass.Ventricular), (300, BeatClass.Ventricular), (400, BeatClass.Ventricular), (500, BeatClass.Supraventricular), (900, BeatClass.Supraventricular)],
            1000,
            20);
        Assert.Equal(50.0, score.SensitivityPercent(BeatClass.Ventricular));
        Assert.Equal(50.0, score.PositivePredictivityPercent(BeatClass.Ventricular));
        Assert.Equal(0.0, score.PositivePredictivityPercent(BeatClass.Supraventricular));
        Assert.Equal(0.0, score.SensitivityPercent(BeatClass.Supraventricular));
        Assert.Equal((2, 1), (score.Beats(BeatClass.Ventricular), score.Confusion[5][(int)BeatClass.Supraventricular]));
        Assert.Equal(4, score.Add(score).Beats(BeatClass.Ventricular));
    }

    [Fact]
    public void Brackets_belong_to_the_wave_between_them_and_a_U_wave_takes_its_own()
    {
        var waves = WaveSet.FromBrackets(
        [
            new(10, "("), new(20, "p"), new(30, ")"), new(40, "("), new(45, "N"), new(55, ")"), new(80, "("), new(90, "t"), new(100, ")"), new(105, "("), new(110, "u"), new(120, ")"),
            new(140, "N"), new(170, "t"), new(180, ")"), new(190, "("), new(900, "p"),
        ]);
        Assert.Equal([10L], waves[WaveKind.POn].ToArray());
        Assert.Equal([20L, 900], waves[WaveKind.P].ToArray());
        Assert.Equal([30L], waves[WaveKind.POff].ToArray());
        Assert.Equal([40L], waves[WaveKind.QrsOn].ToArray());
        Assert.Equal([45L, 140], waves[WaveKind.R].ToArray());
        Assert.Equal([55L], waves[WaveKind.QrsOff].ToArray());
        Assert.Equal([100L, 180], waves[WaveKind.TOff].ToArray());
        Assert.Equal((10L, 900L), waves.Extent);
    }

    [Fact]
    public void The_best_lead_is_the_nearest_for_each_mark_and_the_median_lies_between_the_leads()
    {
        var reference = Waves(100, 200, 400);
        WaveSet[] leads = [Waves(102, 200, 440), Waves(110, 210, 390), Waves(118, null, null)];
        var best = Scored(LeadChoice.Best, reference, leads);
        Assert.Equal((2.0, 0.0, -10.0), (best.Waves[(int)WaveKind.QrsOn].Errors!.MeanMs, best.Waves[(int)WaveKind.QrsOff].Errors!.MeanMs, best.Waves[(int)WaveKind.TOff].Errors!.MeanMs));
        Assert.Equal(-12, best.Intervals["QT"].Errors.MeanMs);
        var median = Scored(LeadChoice.Median, reference, leads);
        Assert.Equal((10.0, 5.0, 15.0), (median.Waves[(int)WaveKind.QrsOn].Errors!.MeanMs, median.Waves[(int)WaveKind.QrsOff].Errors!.MeanMs, median.Waves[(int)WaveKind.TOff].Errors!.MeanMs));
        var none = Scored(LeadChoice.Best, reference, []);
        Assert.Equal(0, none.Waves[(int)WaveKind.QrsOn].SensitivityPercent);
        Assert.Empty(none.Intervals);
    }

    [Fact]
    public void A_wave_that_the_reference_left_out_at_the_edge_counts_among_all_marks_but_not_between_its_marks()
    {
        var reference = WaveSet.Of([new WaveMarks { QrsOn = 1200 }, new WaveMarks { P = 2000, QrsOn = 2200 }, new WaveMarks { P = 4000, QrsOn = 4200 }]);
        var score = Scored(LeadChoice.Best, reference, [WaveSet.Of([new WaveMarks { P = 1100 }, new WaveMarks { P = 2010 }, new WaveMarks { P = 3000 }, new WaveMarks { P = 4010 }])]).Waves[(int)WaveKind.P];
        Assert.Equal((2, 4, 3), (score.Found, score.Detected, score.DetectedBetween));
        Assert.Equal((50.0, 200.0 / 3), (score.PositivePredictivityPercent, score.PredictivityBetweenPercent));
    }

    [Fact]
    public void Episodes_are_scored_by_their_shared_time()
    {
        var score = EpisodeScore.Of([(0, 10), (20, 30), (25, 40)], [(5, 25), (100, 105)]);
        Assert.Equal(new EpisodeScore(30, 25, 10), score);
        Assert.Equal(40, score.PositivePredictivityPercent);
        Assert.Null(EpisodeScore.Of([], [(0, 1)]).SensitivityPercent);
    }

    private static WaveSet Waves(long on, long? off, long? end) => WaveSet.Of([new WaveMarks { QrsOn = on, QrsOff = off, TOff = end }]);

    private static DelineationScore Scored(LeadChoice choice, WaveSet reference, WaveSet[] leads)
    {
        var scorer = new DelineationScorer(choice);
        scorer.Add(reference, leads, 1000);
        return scorer.Sum();
    }
}
