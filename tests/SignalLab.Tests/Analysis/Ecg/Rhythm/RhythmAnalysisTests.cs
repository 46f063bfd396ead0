using SignalLab.Analysis.Ecg;
using SignalLab.Formats.Wfdb;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg.Rhythm;

public sealed class RhythmAnalysisTests
{
    private const double RateHz = 250;

    [Theory]
    [InlineData(1.4, "marked sinus bradycardia")]
    [InlineData(1.1, "sinus bradycardia")]
    [InlineData(1.004, "sinus rhythm")]
    [InlineData(0.8, "sinus rhythm")]
    [InlineData(0.5, "sinus tachycardia")]
    public void A_steady_rhythm_is_called_by_its_rate(double interval, string name)
    {
        var only = Assert.Single(Examine(Steady(interval, 40)).FindRhythm());
        Assert.Equal(name, only.Name);
        Assert.Contains(FormattableString.Invariant($"{60 / interval:0.#} /min"), only.Evidence, StringComparison.Ordinal);
        Assert.Equal(0, only.OnsetSeconds);
    }

    [Fact]
    public void A_change_of_rate_parts_the_rhythm_where_it_happens()
    {
        var findings = Examine([.. Steady(0.8, 40), .. Steady(0.5, 60)]).FindRhythm();
        Assert.Equal(["sinus rhythm", "sinus tachycardia"], findings.Select(f => f.Name));
        Assert.Equal(32.8, findings[1].OnsetSeconds, 2.5);
    }

    [Fact]
    public void Intervals_without_order_are_atrial_fibrillation_between_stretches_of_sinus_rhythm()
    {
        var fibrillation = Disorder(120, 0.6, 0.2, seed: 3);
        var findings = Examine([.. Steady(0.8, 100), .. fibrillation, .. Steady(0.8, 100)]).FindRhythm();
        var episode = Assert.Single(findings, f => f.Name == "atrial fibrillation");
        Assert.Equal(80.8, episode.OnsetSeconds, 3.0);
        Assert.Equal(80.8 + fibrillation.Sum(b => b.Interval), episode.EndSeconds, 5.0);
        Assert.Contains("burden", episode.Evidence, StringComparison.Ordinal);
        Assert.Equal(2, findings.Count(f => f.Name == "sinus rhythm"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Ectopic_patterns_that_return_are_not_fibrillation_whatever_their_class(int period)
    {
        // Every second, third or fourth beat comes early and is not recognised: all beats are called normal.
        var random = new Random(5);
        var beats = Enumerable.Range(0, 240).Select(i => new Planned((i % period) switch { 0 => 0.5, 1 => 1.05, _ => 0.8 } + (0.02 * random.NextDouble()), BeatClass.Normal));
        Assert.DoesNotContain(Examine([.. beats]).FindRhythm(), f => f.Name == "atrial fibrillation");
    }

    [Fact]
    public void Respiratory_arrhythmia_is_not_fibrillation()
    {
        var beats = Enumerable.Range(0, 240).Select(i => new Planned(0.9 + (0.1 * Math.Sin(2 * Math.PI * i / 4.3)), BeatClass.Normal));
        Assert.DoesNotContain(Examine([.. beats]).FindRhythm(), f => f.Name == "atrial fibrillation");
    }

    [Fact]
    public void Intervals_without_order_are_not_fibrillation_where_each_beat_follows_its_P_wave()
    {
        var beats = Disorder(120, 0.7, 0.2, seed: 4);
        Assert.Contains(Examine(beats, i => 0.16 + (0.001 * (i % 5)), delineated: true).FindRhythm(), f => f.Name == "sinus rhythm");
        Assert.DoesNotContain(Examine(beats, i => 0.16 + (0.001 * (i % 5)), delineated: true).FindRhythm(), f => f.Name == "atrial fibrillation");

        // Undulations of the baseline that are marked as P waves lie anywhere.
        var random = new Random(9);
        Assert.Contains(Examine(beats, _ => 0.1 + (0.2 * random.NextDouble()), delineated: true).FindRhythm(), f => f.Name == "atrial fibrillation");
        Assert.Contains(Examine(beats, _ => null, delineated: true).FindRhythm(), f => f.Name == "atrial fibrillation" && f.Confidence > 0.9);
    }

    [Fact]
    public void MIT_BIH_fibrillation_and_flutter_are_found_for_more_than_95_percent_of_their_time_both_ways()
    {
        var folder = Path.GetDirectoryName(SharedData.File("ecg/mitdb/100.hea"))!;
        var (both, missed, extra) = (0, 0, 0);
        foreach (var file in Directory.EnumerateFiles(folder, "*.atr"))
        {
            var (examination, fibrillates) = Reference(file);
            var found = examination.FindRhythm().Where(f => f.Name == "atrial fibrillation").ToArray();
            for (var tenth = 0; tenth < 18050; tenth++)
            {
                var (isMarked, isFound) = (fibrillates(tenth / 10.0), found.Any(f => tenth / 10.0 >= f.OnsetSeconds && tenth / 10.0 < f.EndSeconds));
                both += isMarked && isFound ? 1 : 0;
                missed += isMarked && !isFound ? 1 : 0;
                extra += isFound && !isMarked ? 1 : 0;
            }
        }

        Assert.InRange(100.0 * both / (both + missed), 97.5, 99.5);
        Assert.InRange(100.0 * both / (both + extra), 96, 99.5);
    }

    [Fact]
    public void Pauses_and_arrests_are_told_by_their_length()
    {
        var findings = Examine([.. Steady(0.8, 20), new(2.4, BeatClass.Normal), .. Steady(0.8, 20), new(3.6, BeatClass.Normal), .. Steady(0.8, 20)]).FindRhythm();
        var pause = Assert.Single(findings, f => f.Name == "pause");
        Assert.Equal(2.4, pause.EndSeconds - pause.OnsetSeconds, 1e-6);
        Assert.Contains("2.40 s", pause.Evidence, StringComparison.Ordinal);
        var arrest = Assert.Single(findings, f => f.Name == "sinus arrest");
        Assert.Equal(3.6, arrest.EndSeconds - arrest.OnsetSeconds, 1e-6);
    }

    [Fact]
    public void A_gap_is_no_pause()
    {
        var examination = Examine(Steady(0.8, 40));
        var late = examination.Beats.Select(b => b.Seconds < 16 ? b : b with { Seconds = b.Seconds + 100 }).ToArray();
        var gapped = examination with { Beats = late, Recording = examination.Recording with { Segments = [new(0, 16), new(116, examination.Recording.DurationSeconds - 16)] } };
        Assert.All(gapped.FindRhythm(), f => Assert.Equal("sinus rhythm", f.Name));
        Assert.Equal(2, gapped.FindRhythm().Count);
    }

    [Fact]
    public void A_stretch_that_no_lead_could_be_read_in_is_no_pause()
    {
        var examination = Examine([.. Steady(0.8, 20), new(4, BeatClass.Normal), .. Steady(0.8, 20)]);
        Assert.Contains(examination.FindRhythm(), f => f.Name == "sinus arrest");
        var off = new LeadQuality(0, 0.9, [], [new Annotation(17, 2, "lead off")]);
        Assert.DoesNotContain((examination with { Quality = [off] }).FindRhythm(), f => f.Name == "sinus arrest");
        Assert.Contains((examination with { Quality = [off, off with { Troubles = [] }] }).FindRhythm(), f => f.Name == "sinus arrest");
    }

    [Fact]
    public void Ectopic_beats_are_counted_and_their_patterns_named()
    {
        const string Rhythm = "NNNNNVNNNNNNVVNNNNNNVVVVNNNNNNNVNVNVNVNNNNNNVNNVNNVNNNNNNSSSSNNNNN";
        var findings = Examine([.. Rhythm.Select(c => c switch
        {
            'V' => new Planned(0.45, BeatClass.Ventricular),
            'S' => new(0.4, BeatClass.Supraventricular),
            _ => new(0.8, BeatClass.Normal),
        })]).FindRhythm();
        Assert.Equal(
            ["supraventricular ectopic beats", "supraventricular tachycardia", "ventricular bigeminy", "ventricular couplet", "ventricular ectopic beats", "ventricular tachycardia", "ventricular trigeminy"],
            findings.Select(f => f.Name).Where(n => n.Contains("ventric", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("14 of 66 beats", findings.First(f => f.Name == "ventricular ectopic beats").Evidence, StringComparison.Ordinal);
        Assert.Contains("8 isolated, 1 couplet(s), 1 run(s)", findings.First(f => f.Name == "ventricular ectopic beats").Evidence, StringComparison.Ordinal);
        Assert.Contains("133 /min", findings.First(f => f.Name == "ventricular tachycardia").Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slow_ventricular_run_is_no_tachycardia()
    {
        var findings = Examine([.. Steady(0.9, 10), .. Enumerable.Repeat(new Planned(0.8, BeatClass.Ventricular), 6), .. Steady(0.9, 10)]).FindRhythm();
        Assert.Contains(findings, f => f.Name == "accelerated idioventricular rhythm");
        Assert.DoesNotContain(findings, f => f.Name.EndsWith("ventricular tachycardia", StringComparison.Ordinal));
    }

    [Fact]
    public void A_paced_rhythm_is_named_and_not_called_sinus_rhythm()
    {
        var examination = Examine(Steady(0.85, 60));
        var paced = (examination with { Beats = [.. examination.Beats.Select(b => b with { IsPaced = true, Class = BeatClass.Unclassifiable })] }).FindRhythm();
        Assert.Equal("paced rhythm", Assert.Single(paced).Name);
    }

    [Fact]
    public void A_long_PR_interval_is_a_first_degree_block_and_a_usual_one_is_none()
    {
        Assert.Contains(Examine(Steady(0.9, 20), _ => 0.24, delineated: true).FindRhythm(), f => f.Name == "first-degree AV block" && f.Evidence.Contains("240 ms", StringComparison.Ordinal));
        Assert.DoesNotContain(Examine(Steady(0.9, 20), _ => 0.16, delineated: true).FindRhythm(), f => f.Name.Contains("block", StringComparison.Ordinal));
    }

    [Fact]
    public void PR_intervals_that_grow_until_a_beat_fails_are_a_candidate_of_Mobitz_I_and_steady_ones_of_Mobitz_II()
    {
        var wenckebach = Enumerable.Range(0, 40).Select(i => new Planned(i % 4 == 0 ? 1.5 : 0.9, BeatClass.Normal)).ToArray();
        Assert.Contains(Examine(wenckebach, i => 0.16 + (0.05 * (i % 4)), delineated: true).FindRhythm(), f => f.Name.Contains("Mobitz I (", StringComparison.Ordinal));
        var mobitz = Enumerable.Range(0, 40).Select(i => new Planned(i % 4 == 0 ? 1.8 : 0.9, BeatClass.Normal)).ToArray();
        Assert.Contains(Examine(mobitz, _ => 0.16, delineated: true).FindRhythm(), f => f.Name.Contains("Mobitz II (", StringComparison.Ordinal));
        Assert.DoesNotContain(Examine(mobitz).FindRhythm(), f => f.Name.Contains("Mobitz", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.6, -0.3, "right bundle-branch block")]
    [InlineData(-0.8, 0.7, "left bundle-branch block")]
    [InlineData(-0.8, -0.3, "intraventricular conduction delay")]
    public void A_broad_complex_is_called_by_how_it_ends_in_V1_and_V6(double inV1, double inV6, string name)
    {
        var examination = Examine(Steady(0.9, 20), _ => 0.16, delineated: true, qrsSeconds: 0.14);
        var isLeft = inV1 < 0 && inV6 > 0;
        double[] Lead(double end) => [.. Enumerable.Range(0, 100).Select(i => i is <= 30 or > 65 ? 0 : isLeft || i > 48 ? end : 0.3)];
        var waveforms = new Recording(
            [new("V1", ChannelKind.Ecg, Unit.Millivolt, RateHz, 100), new("V6", ChannelKind.Ecg, Unit.Millivolt, RateHz, 100)], new MemorySamples([Lead(inV1), Lead(inV6)]));
        var median = new MedianBeat(waveforms, 45, 20, [], new WaveMarks { QrsOn = 30, QrsOff = 65 });
        Assert.Contains((examination with { Median = median }).FindRhythm(), f => f.Name == name && f.Evidence.Contains("140 ms", StringComparison.Ordinal));
        Assert.Contains(examination.FindRhythm(), f => f.Name == "broad QRS complex");
    }

    [Fact]
    public void A_shifted_ST_segment_is_no_part_of_a_left_bundle_branch_block_and_the_usual_beat_says_how_broad_it_is()
    {
        // Down in V1 and up in V6 until the last 20 ms, which stand at the ST level on the other side.
        double[] Lead(double height, double st) => [.. Enumerable.Range(0, 100).Select(i => i <= 30 ? 0 : i <= 55 ? height : i <= 60 ? height * (60 - i) / 5 : st)];
        var waveforms = new Recording(
            [new("V1", ChannelKind.Ecg, Unit.Millivolt, RateHz, 100), new("V6", ChannelKind.Ecg, Unit.Millivolt, RateHz, 100)], new MemorySamples([Lead(-0.5, 0.3), Lead(0.5, -0.3)]));
        var examination = Examine(Steady(0.9, 20), _ => 0.16, delineated: true, qrsSeconds: 0.1);
        Assert.DoesNotContain(examination.FindRhythm(), f => f.Name.Contains("QRS", StringComparison.Ordinal));
        var broad = examination with { Median = new MedianBeat(waveforms, 45, 20, [], new WaveMarks { QrsOn = 30, QrsOff = 65 }) };
        Assert.Contains(broad.FindRhythm(), f => f.Name == "left bundle-branch block");

        // Where most beats are ventricular, the usual beat says nothing about conduction.
        var ventricular = broad with { Beats = [.. broad.Beats.Select((b, i) => i % 3 == 0 ? b : b with { Class = BeatClass.Ventricular })] };
        Assert.DoesNotContain(ventricular.FindRhythm(), f => f.Name.EndsWith("block", StringComparison.Ordinal));
    }

    [Fact]
    public void Premature_atrial_beats_with_P_waves_of_their_own_are_no_fibrillation()
    {
        // Without the returning pattern that tells by itself.
        var random = new Random(6);
        var beats = Disorder(60, 0.75, 0.2, seed: 8).Select((b, i) => b with { Class = i % 3 == 1 ? BeatClass.Supraventricular : BeatClass.Normal }).ToArray();
        Assert.DoesNotContain(Examine(beats, i => i % 3 == 1 ? 0.08 + (0.2 * random.NextDouble()) : 0.16, delineated: true).FindRhythm(), f => f.Name == "atrial fibrillation");
        Assert.Contains(Examine(beats, _ => 0.08 + (0.2 * random.NextDouble()), delineated: true).FindRhythm(), f => f.Name == "atrial fibrillation");
    }

    [Fact]
    public void Too_few_beats_are_said_and_nothing_is_made_up()
    {
        foreach (var count in new[] { 0, 1, 2 })
        {
            var only = Assert.Single(Examine(Steady(0.8, count)).FindRhythm());
            Assert.Equal(RhythmAnalysis.NotMeasurable, only.Name);
            Assert.Contains("not measurable, because", only.Evidence, StringComparison.Ordinal);
            Assert.Equal(0, only.Confidence);
        }
    }

    internal static (EcgExamination Examination, Func<double, bool> Fibrillates) Reference(string file)
    {
        var all = WfdbAnnotations.Read(file).All;
        var channel = new Channel("MLII", ChannelKind.Ecg, Unit.Millivolt, 360, 650_000);
        var beats = all.Where(a => WfdbCodes.IsBeat(a.Code)).Select(a => new Beat(a.Sample, a.Sample / 360.0)
        {
            Class = a.Symbol switch
            {
                "N" or "L" or "R" or "B" or "e" or "j" or "n" => BeatClass.Normal,
                "A" or "a" or "J" or "S" => BeatClass.Supraventricular,
                "V" or "r" or "E" => BeatClass.Ventricular,
                "F" => BeatClass.Fusion,
                _ => BeatClass.Unclassifiable,
            },
            IsPaced = a.Symbol is "/" or "f",
        });
        var marks = all.Where(a => a.Text.StartsWith('(')).Select(a => (Seconds: a.Sample / 360.0, a.Text)).ToArray();
        return (new EcgExamination(new Recording([channel], new MemorySamples([[]])) { Segments = [new(0, 650_000 / 360.0)] }, [0], [.. beats]),
            t => marks.LastOrDefault(m => m.Seconds <= t).Text is "(AFIB" or "(AFL");
    }

    private static Planned[] Steady(double interval, int count) => [.. Enumerable.Repeat(new Planned(interval, BeatClass.Normal), count)];

    private static Planned[] Disorder(int count, double mean, double spread, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new Planned(mean * Math.Exp(spread * 2 * ((random.NextDouble() + random.NextDouble() + random.NextDouble()) - 1.5)), BeatClass.Normal))];
    }

    private static EcgExamination Examine(Planned[] plan, Func<int, double?>? pr = null, bool delineated = false, double qrsSeconds = 0.09)
    {
        var beats = new List<Beat>();
        var time = 0.0;
        for (var i = 0; i < plan.Length; i++)
        {
            time += plan[i].Interval;
            var on = (long)Math.Round((time - 0.04) * RateHz);
            beats.Add(new Beat((long)Math.Round(time * RateHz), time)
            {
                Class = plan[i].Class,
                Global = !delineated ? WaveMarks.None : new WaveMarks
                {
                    QrsOn = on,
                    QrsOff = on + (long)Math.Round(qrsSeconds * RateHz),
                    POn = pr?.Invoke(i) is { } seconds ? on - (long)Math.Round(seconds * RateHz) : null,
                    PConfidence = 0.9,
                },
            });
        }

        var length = (long)((time + 0.4) * RateHz);
        var recording = new Recording([new("II", ChannelKind.Ecg, Unit.Millivolt, RateHz, length)], new MemorySamples([[]])) { Segments = [new(0, length / RateHz)] };
        return new EcgExamination(recording, [0], beats);
    }

    private sealed record Planned(double Interval, BeatClass Class);
}
