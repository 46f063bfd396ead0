using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Validation;
using SignalLab.Formats.Wfdb;

namespace SignalLab.Tests.Analysis.Ecg;

/// <summary>Our scores against those of an independent script (ecg_score.py, beside the reference data), on experts' annotations that were shifted, thinned and added to.</summary>
public sealed class ScoringCrossCheckTests : IDisposable
{
    private static readonly string[] Kinds = ["Pon", "P", "Poff", "QRSon", "R", "QRSoff", "Ton", "T", "Toff"];

    private readonly TemporaryFolder folder = new();
    private readonly StringBuilder table = new();
    private readonly Random random = new(7);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Beats_are_counted_alike()
    {
        string[] records = ["100", "108", "207", "223"];
        table.Append("record,lead,sample_index,kind\n");
        var sum = default(DetectionScore);
        foreach (var record in records)
        {
            var (marks, rate) = Marks("mitdb", record, "atr", 360);
            long[] found = [.. Shaken(marks.Where(m => BeatLabels.IsBeat(m.Symbol) || m.Symbol == "!").Select(m => m.Sample), 40).Distinct()];
            foreach (var sample in found)
            {
                Row(record, "", sample, "QRS");
            }

            sum = sum.Add(DetectionScore.Of(marks, found, rate));
        }

        var expected = Script("qrs", "mitdb", records);
        Assert.Equal((Number(expected, "TP"), Number(expected, "FN"), Number(expected, "FP")), (sum.TruePositives, sum.FalseNegatives, sum.FalsePositives));
        Assert.Equal(Number(expected, "Se"), sum.SensitivityPercent, 1e-9);
        Assert.Equal(Number(expected, "PPV"), sum.PositivePredictivityPercent, 1e-9);
    }

    [Fact]
    public void Classes_are_counted_alike()
    {
        string[] records = ["106", "208", "223"];
        table.Append("record,sample_index,class\n");
        var sum = ClassScore.Zero;
        foreach (var record in records)
        {
            var (marks, rate) = Marks("mitdb", record, "atr", 360);
            var ours = Shaken(marks.Where(m => BeatLabels.IsBeat(m.Symbol)).Select(m => m.Sample), 30).Distinct().Select(s => (Sample: s, Class: (BeatClass)Math.Max(0, random.Next(12) - 7))).ToList();
            foreach (var (sample, kind) in ours)
            {
                table.Append(CultureInfo.InvariantCulture, $"{record},{sample},{"NSVFQ"[(int)kind]}\n");
            }

            sum = sum.Add(ClassScore.Of(marks, ours, rate));
        }

        var expected = Script("beats", "mitdb", records);
        for (var row = 0; row < 6; row++)
        {
            Assert.Equal("NSVFQo".Select(c => (long)Number(expected.GetProperty("confusion").GetProperty("NSVFQo"[row].ToString()), c.ToString())), sum.Confusion[row]);
        }

        Assert.Equal(Number(expected.GetProperty("VEB"), "PPV"), sum.PositivePredictivityPercent(BeatClass.Ventricular)!.Value, 1e-9);
        Assert.Equal(Number(expected.GetProperty("SVEB"), "PPV"), sum.PositivePredictivityPercent(BeatClass.Supraventricular)!.Value, 1e-9);
        Assert.Equal(Number(expected.GetProperty("VEB"), "Se"), sum.SensitivityPercent(BeatClass.Ventricular)!.Value, 1e-9);
        Assert.Equal(Number(expected, "accuracy"), sum.AccuracyPercent!.Value, 1e-9);
    }

    [Theory]
    [InlineData("best", LeadChoice.Best)]
    [InlineData("all", LeadChoice.Median)]
    public void Waves_of_several_leads_are_scored_alike(string name, LeadChoice choice)
    {
        string[] records = ["sel100", "sel103", "sele0104"];
        table.Append("record,lead,sample_index,kind\n");
        var scorer = new DelineationScorer(choice);
        foreach (var record in records)
        {
            var (marks, rate) = Marks("qtdb", record, "q1c", 250);
            var reference = WaveSet.FromBrackets(marks);
            scorer.Add(reference, [ShakenWaves(record, "", reference, 6), ShakenWaves(record, "a", reference, 14), ShakenWaves(record, "b", reference, 45)], rate);
        }

        AssertSame(Script("qtdb", "qtdb", records, "--lead", name), scorer.Sum(), false);
    }

    [Fact]
    public void Waves_of_single_leads_are_scored_alike()
    {
        string[] records = ["1", "10", "101"];
        table.Append("record,lead,sample_index,kind\n");
        var scorer = new DelineationScorer();
        foreach (var record in records)
        {
            foreach (var lead in new[] { "i", "ii", "iii", "avr", "avl", "avf", "v1", "v2", "v3", "v4", "v5", "v6" })
            {
                var (marks, rate) = Marks("ludb", record, lead, 500);
                var reference = WaveSet.FromBrackets(marks);
                scorer.Add(reference, [ShakenWaves(record, lead.ToUpperInvariant(), reference, 20)], rate);
            }
        }

        AssertSame(Script("ludb", "ludb", records), scorer.Sum(), true);
    }

    private static (List<ReferenceMark> Marks, double RateHz) Marks(string database, string record, string annotator, double rateHz)
    {
        var path = SharedData.File(Path.Combine("ecg", database, $"{record}.{annotator}"));
        Assert.SkipUnless(File.Exists(path), $"not at hand: {path}");
        return ([.. WfdbAnnotations.Read(path).All.Select(a => new ReferenceMark(a.Sample, a.Symbol))], rateHz);
    }

    // Moves each mark, drops some and adds some.
    private List<long> Shaken(IEnumerable<long> samples, int most)
    {
        var result = new List<long>();
        foreach (var sample in samples)
        {
            if (random.NextDouble() < 0.97)
            {
                result.Add(Math.Max(0, sample + random.Next(-most, most + 1)));
            }

            if (random.NextDouble() < 0.02)
            {
                result.Add(sample + random.Next(60, 120));
            }
        }

        result.Sort();
        return result;
    }

    private WaveSet ShakenWaves(string record, string lead, WaveSet reference, int most)
    {
        var beats = new List<WaveMarks>();
        for (var k = 0; k < Kinds.Length; k++)
        {
            foreach (var sample in Shaken(reference[(WaveKind)k].ToArray(), most))
            {
                Row(record, lead, sample, Kinds[k]);
                beats.Add((WaveKind)k switch
                {
                    WaveKind.POn => new() { POn = sample },
                    WaveKind.P => new() { P = sample },
                    WaveKind.POff => new() { POff = sample },
                    WaveKind.QrsOn => new() { QrsOn = sample },
                    WaveKind.R => new() { R = sample },
                    WaveKind.QrsOff => new() { QrsOff = sample },
                    WaveKind.TOn => new() { TOn = sample },
                    WaveKind.T => new() { T = sample },
                    _ => new() { TOff = sample },
                });
            }
        }

        return WaveSet.Of(beats);
    }

    private void Row(string record, string lead, long sample, string kind) => table.Append(CultureInfo.InvariantCulture, $"{record},{lead},{sample},{kind}\n");

    private static void AssertSame(JsonElement expected, DelineationScore actual, bool hasPredictivity)
    {
        for (var k = 0; k < Kinds.Length; k++)
        {
            var (theirs, ours) = (expected.GetProperty(Kinds[k]), actual.Waves[k]);
            Assert.Equal((Number(theirs, "ref"), Number(theirs, "found")), (ours.Reference, ours.Found));
            if (ours.Found == 0)
            {
                continue;
            }

            Assert.Equal(Number(theirs, "mean"), ours.Errors!.MeanMs, 1e-9);
            Assert.Equal(Number(theirs, "sd"), ours.Errors.SdMs, 1e-9);
            Assert.Equal(Number(theirs, "median"), ours.Errors.MedianMs, 1e-9);
            Assert.Equal(Number(theirs, "mad"), ours.Errors.DeviationMs, 1e-9);
            Assert.Equal(Number(theirs, "rec_mean"), ours.RecordMeanMs!.Value, 1e-9);
            Assert.Equal(Number(theirs, "rec_sd"), ours.RecordSdMs!.Value, 1e-9);
            if (hasPredictivity)
            {
                Assert.Equal(Number(theirs, "PPV"), ours.PositivePredictivityPercent!.Value, 1e-9);
            }
        }

        foreach (var interval in expected.GetProperty("intervals").EnumerateObject())
        {
            var ours = actual.Intervals[interval.Name];
            Assert.Equal(Number(interval.Value, "n"), ours.Errors.Count);
            Assert.Equal(Number(interval.Value, "mean"), ours.Errors.MeanMs, 1e-9);
            Assert.Equal(Number(interval.Value, "sd"), ours.Errors.SdMs, 1e-9);
            Assert.Equal(Number(interval.Value, "per_record_median_mean"), ours.RecordMedianMeanMs, 1e-9);
            Assert.Equal(Number(interval.Value, "per_record_median_sd"), ours.RecordMedianSdMs!.Value, 1e-9);
        }
    }

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private JsonElement Script(string task, string database, string[] records, params string[] options)
    {
        var script = Path.Combine(SharedData.Folder!, "..", "tools", "ecg_score.py");
        Assert.SkipUnless(File.Exists(script), "the script is not at hand");
        File.WriteAllText(folder["found.csv"], table.ToString());
        foreach (var python in new[] { "/usr/bin/python3", "python3" })
        {
            var start = new ProcessStartInfo(python) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in (string[])[script, task, SharedData.File(Path.Combine("ecg", database)), folder["found.csv"], "--only", string.Join(',', records), .. options])
            {
                start.ArgumentList.Add(argument);
            }

            try
            {
                using var process = Process.Start(start)!;
                var error = process.StandardError.ReadToEndAsync();
                var output = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                if (process.ExitCode == 0)
                {
                    return JsonDocument.Parse(output.Replace("NaN", "null", StringComparison.Ordinal)).RootElement;
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // No such program: the next.
            }
        }

        Assert.Skip("python3 with NumPy is not at hand");
        return default;
    }
}
